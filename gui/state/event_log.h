// What happened, for the Log panel.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "tracker/live/live_status.h"

namespace nosetip {

enum class Severity { kInfo, kWarning, kError };

struct LogLine {
  std::chrono::system_clock::time_point at;  // the last time it was logged
  Severity severity = Severity::kInfo;
  std::string text;
  int times = 1;  // logged in a row
};

// Keeps the latest lines. A line that repeats the one before is counted instead.
class EventLog {
 public:
  EventLog() = default;
  explicit EventLog(size_t max_lines) : max_lines_(max_lines) {}

  void Add(Severity severity, std::string text,
           std::chrono::system_clock::time_point at = std::chrono::system_clock::now());
  const std::deque<LogLine>& lines() const { return lines_; }

 private:
  size_t max_lines_ = 500;
  std::deque<LogLine> lines_;
};

// Turns the changes of a live session's status into lines of the log.
class StatusWatch {
 public:
  // What is new since the last call.
  std::vector<LogLine> Update(const LiveStatus& status);

 private:
  LiveStatus before_;
  bool is_first_ = true;
};

}  // namespace nosetip

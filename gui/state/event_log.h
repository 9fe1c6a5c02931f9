// What happened, for the Log panel.
#pragma once

#include <chrono>
#include <cstddef>
#include <deque>
#include <string>
#include <utility>
#include <vector>

#include "tracker/live/live_status.h"

namespace nosetip {

enum class Severity { kInfo, kWarning, kError };

struct LogLine {
  std::chrono::system_clock::time_point at;  // of the latest time
  Severity severity = Severity::kInfo;
  std::string text;
  int times = 1;  // said in a row
};

// Keeps the latest lines. A line that says the same as the one before is counted, not repeated.
class EventLog {
 public:
  EventLog() = default;
  explicit EventLog(size_t most) : most_(most) {}

  void Add(Severity severity, std::string text,
           std::chrono::system_clock::time_point at = std::chrono::system_clock::now()) {
    if (!lines_.empty() && lines_.back().text == text && lines_.back().severity == severity) {
      lines_.back().at = at;
      ++lines_.back().times;
      return;
    }
    lines_.push_back({at, severity, std::move(text)});
    if (lines_.size() > most_) lines_.pop_front();
  }
  const std::deque<LogLine>& lines() const { return lines_; }

 private:
  size_t most_ = 500;
  std::deque<LogLine> lines_;
};

// Turns what a live session says of itself into lines of the log.

class StatusWatch {
 public:
  // What is new since the last look.
  std::vector<LogLine> Look(const LiveStatus& status);

 private:
  LiveStatus before_;
  bool has_looked_ = false;
};

}  // namespace nosetip

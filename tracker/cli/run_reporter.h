// Brings what the jobs of a run report into one stream.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "tracker/cli/progress.h"
#include "tracker/cli/track_run.h"

namespace nosetip {

// Passes events on to the callbacks of a run's settings and to its progress, one at a time. Any
// thread may call. With one job the progress is that of its table, with several that of all tables
// together.
class RunReporter {
 public:
  // Settings and progress must outlive this.
  RunReporter(const RunSettings& settings, size_t jobs, Progress& progress);

  void Begin(size_t table);
  // The table has so many frames; nothing where that is unknown.
  void Expect(size_t table, std::optional<int64_t> frames);
  // `done` frames of the table are tracked; `result` is that of the last.
  void Tracked(size_t table, int64_t done, const TrackResult& result);
  void Fail(const std::string& error);
  void Note(const std::string& note);
  // The table has ended. One without frames is not reported.
  void End(const TableSummary& summary);

 private:
  struct Running {
    int64_t done = 0;
    std::optional<int64_t> frames;
  };
  void UpdateAll();

  const RunSettings& settings_;
  bool several_;
  Progress& progress_;
  std::mutex mutex_;
  std::map<size_t, Running> running_;  // by table
  size_t tables_ended_ = 0;
  int64_t frames_ = 0;  // of all tables
};

}  // namespace nosetip

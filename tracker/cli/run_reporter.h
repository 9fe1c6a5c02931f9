// What the jobs of a run say, one at a time.
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

// Passes on to the callbacks of a run's settings and to its progress, whichever thread calls. Of
// one job the progress is that of its table, of several that of all tables together.
class RunReporter {
 public:
  // Settings and progress must outlive this.
  RunReporter(const RunSettings& settings, size_t jobs, Progress& progress);

  void Begin(size_t table);
  // `frames` are ahead in the table; nothing where that is unknown.
  void Expect(size_t table, std::optional<int64_t> frames);
  // `done` frames of the table are.
  void Tracked(size_t table, int64_t done, const TrackResult& result);
  void Fail(const std::string& error);
  // The table is over; nothing is said of one without frames.
  void End(const TableSummary& summary);

 private:
  struct Running {
    int64_t done = 0;
    std::optional<int64_t> frames;
  };
  void UpdateOfAll();

  const RunSettings& settings_;
  bool several_;
  Progress& progress_;
  std::mutex mutex_;
  std::map<size_t, Running> running_;  // by table
  size_t tables_over_ = 0;
  int64_t frames_ = 0;  // of all tables
};

}  // namespace nosetip

#include "tracker/cli/run_reporter.h"

#include <algorithm>

namespace nosetip {

RunReporter::RunReporter(const RunSettings& settings, size_t jobs, Progress& progress)
    : settings_(settings), several_(jobs > 1), progress_(progress) {
  if (several_) progress_.Start("", std::nullopt);
}

void RunReporter::Begin(size_t table) {
  const std::lock_guard lock(mutex_);
  settings_.on_begin(table);
  running_[table] = {};
}

void RunReporter::Expect(size_t table, std::optional<int64_t> frames) {
  const std::lock_guard lock(mutex_);
  running_[table].frames = frames;
  if (!several_) progress_.Start(settings_.outputs.plan.tables[table].name, frames);
}

void RunReporter::Tracked(size_t table, int64_t done, const TrackResult& result) {
  const std::lock_guard lock(mutex_);
  settings_.on_result(result);
  running_[table].done = done;
  ++frames_;
  if (several_) {
    UpdateOfAll();
  } else {
    progress_.Update(done);
  }
}

void RunReporter::Fail(const std::string& error) {
  const std::lock_guard lock(mutex_);
  progress_.Clear();
  settings_.on_error(error);
}

void RunReporter::End(const TableSummary& summary) {
  const std::lock_guard lock(mutex_);
  running_.erase(summary.table);
  ++tables_over_;
  if (summary.frames == 0) return;
  progress_.Clear();
  settings_.on_summary(summary);
}

void RunReporter::UpdateOfAll() {
  auto over = static_cast<double>(tables_over_);
  for (const auto& [table, running] : running_) {
    if (!running.frames || *running.frames <= 0) continue;
    over += std::min(1.0, static_cast<double>(running.done) / static_cast<double>(*running.frames));
  }
  const size_t tables = settings_.tables.size();
  progress_.Rename(std::to_string(tables_over_) + " of " + std::to_string(tables) + " done");
  progress_.Update(frames_, over / static_cast<double>(tables));
}

}  // namespace nosetip

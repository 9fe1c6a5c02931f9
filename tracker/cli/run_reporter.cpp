#include "tracker/cli/run_reporter.h"

#include <algorithm>

#include <fmt/core.h>

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
    UpdateAll();
  } else {
    progress_.Update(done);
  }
}

void RunReporter::Fail(const std::string& error) {
  const std::lock_guard lock(mutex_);
  progress_.Clear();
  settings_.on_error(error);
}

void RunReporter::Note(const std::string& note) {
  const std::lock_guard lock(mutex_);
  progress_.Clear();
  settings_.on_note(note);
}

void RunReporter::End(const TableSummary& summary) {
  const std::lock_guard lock(mutex_);
  running_.erase(summary.table);
  ++tables_ended_;
  if (summary.frames == 0) return;
  progress_.Clear();
  settings_.on_summary(summary);
}

void RunReporter::UpdateAll() {
  auto ended = static_cast<double>(tables_ended_);
  for (const auto& [table, running] : running_) {
    if (!running.frames || *running.frames <= 0) continue;
    ended +=
        std::min(1.0, static_cast<double>(running.done) / static_cast<double>(*running.frames));
  }
  const size_t tables = settings_.tables.size();
  progress_.Rename(fmt::format("{} of {} done", tables_ended_, tables));
  progress_.Update(frames_, ended / static_cast<double>(tables));
}

}  // namespace nosetip

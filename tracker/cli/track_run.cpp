#include "tracker/cli/track_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "tracker/cli/frame_pipeline.h"
#include "tracker/core/error.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

double SecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// Frames of one source, as long as the settings want more of them. Errors of the source are kept,
// so that they do not look like those of an output.
class Reader {
 public:
  Reader(const RunSettings& settings, const std::string& source) : settings_(settings) {
    Guard([&] { source_ = OpenFrameSource(source, settings_.camera); });
  }

  const FrameSource* source() const { return source_.get(); }
  const std::string& error() const { return error_; }

  FramePtr Next() {
    FramePtr frame;
    const bool enough = settings_.max_frames > 0 && read_ >= settings_.max_frames;
    if (!source_ || enough || settings_.stop.stop_requested()) return frame;
    Guard([&] { frame = source_->Next(); });
    ++read_;
    return frame;
  }

 private:
  template <typename Work>
  void Guard(Work work) {
    try {
      work();
    } catch (const Error& error) {
      error_ = error.what();
    }
  }

  const RunSettings& settings_;
  std::unique_ptr<FrameSource> source_;
  std::string error_;
  int64_t read_ = 0;
};

std::optional<int64_t> FramesAhead(const SourceInfo& info, int64_t max_frames) {
  if (max_frames <= 0) return info.frame_count;
  return info.frame_count ? std::min(*info.frame_count, max_frames) : max_frames;
}

// One run over all inputs.
class Run {
 public:
  Run(const RunSettings& settings, Tracker& tracker, TrackOutputs& outputs, Progress& progress)
      : settings_(settings),
        tracker_(tracker),
        outputs_(outputs),
        progress_(progress),
        summaries_(settings.plan.tables.size()) {}

  RunOutcome TrackAll() {
    const auto& inputs = settings_.plan.inputs;
    for (size_t i = 0; i < inputs.size() && !settings_.stop.stop_requested(); ++i) {
      TrackOne(i);
      if (settings_.plan.tables[inputs[i].table].last_input == i) Summarize(inputs[i].table);
    }
    // Those that a stop has cut short.
    for (size_t table = 0; table < summaries_.size(); ++table) Summarize(table);
    outcome_.stopped = settings_.stop.stop_requested();
    return outcome_;
  }

 private:
  void TrackOne(size_t index) {
    const PlannedInput& planned = settings_.plan.inputs[index];
    const auto start = std::chrono::steady_clock::now();
    TableSummary& summary = summaries_[planned.table];
    Reader reader(settings_, planned.input.source);
    if (reader.source() != nullptr) {
      StartProgress(planned, reader.source()->info());
      tracker_.Reset();
      outputs_.Begin(index, reader.source()->info());
      TrackFrames(reader, summary);
      outputs_.End();
    }
    summary.seconds += SecondsSince(start);
    if (reader.error().empty()) return;
    ++outcome_.failed_inputs;
    progress_.Clear();
    settings_.on_error(reader.error());
  }

  void TrackFrames(Reader& reader, TableSummary& summary) {
    FrameStages stages;
    stages.read = [&] { return reader.Next(); };
    stages.track = [&](const Frame& frame) { return TrackFrame(frame, summary); };
    stages.draw = [&](const Frame& frame, const TrackResult& result) {
      return outputs_.Draw(frame, result);
    };
    stages.write = [&](const Frame& frame, const TrackResult& result, std::optional<Image> drawn) {
      outputs_.Write(frame, result, std::move(drawn));
    };
    RunFrames(stages, settings_.stop);
  }

  TrackResult TrackFrame(const Frame& frame, TableSummary& summary) {
    TrackResult result = tracker_.Step(frame);
    settings_.on_result(result);
    ++summary.frames;
    if (!result.faces.empty()) ++summary.frames_with_face;
    progress_.Update(summary.frames);
    return result;
  }

  // The pictures of a table are one task, of which each is a frame.
  void StartProgress(const PlannedInput& planned, const SourceInfo& info) {
    const PlannedTable& table = settings_.plan.tables[planned.table];
    TableSummary& summary = summaries_[planned.table];
    if (!summary.name.empty()) return;
    summary.name = table.inputs > 1 ? table.name : planned.input.source;
    summary.pictures = info.kind == SourceKind::kPicture;
    progress_.Start(table.name, table.inputs > 1 ? static_cast<int64_t>(table.inputs)
                                                 : FramesAhead(info, settings_.max_frames));
  }

  void Summarize(size_t table) {
    TableSummary summary = std::exchange(summaries_[table], {});
    if (summary.frames == 0) return;
    summary.written = outputs_.FinishTable(table);
    progress_.Clear();
    settings_.on_summary(summary);
  }

  const RunSettings& settings_;
  Tracker& tracker_;
  TrackOutputs& outputs_;
  Progress& progress_;
  std::vector<TableSummary> summaries_;  // by table
  RunOutcome outcome_;
};

}  // namespace

RunOutcome TrackInputs(const RunSettings& settings, Tracker& tracker, TrackOutputs& outputs,
                       Progress& progress) {
  return Run(settings, tracker, outputs, progress).TrackAll();
}

std::string SummaryText(const TableSummary& summary) {
  const auto frames = static_cast<double>(std::max<int64_t>(summary.frames, 1));
  std::string text = summary.name + ": " + std::to_string(summary.frames);
  text += summary.pictures ? " picture" : " frame";
  if (summary.frames != 1) text += 's';
  text += ", a face in " + std::to_string(summary.frames_with_face) + " (";
  text += FixedText(100.0 * static_cast<double>(summary.frames_with_face) / frames, 1) + " %), ";
  text += FixedText(frames / std::max(summary.seconds, 1e-6), 1);
  text += summary.pictures ? " pictures/s" : " frames/s";
  return text;
}

}  // namespace nosetip

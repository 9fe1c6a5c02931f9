#include "tracker/cli/track_run.h"

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>

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

InputSummary TrackInput(const RunSettings& settings, size_t index, Tracker& tracker,
                        TrackOutputs& outputs, Progress& progress) {
  const PlannedInput& planned = settings.inputs[index];
  const auto start = std::chrono::steady_clock::now();
  InputSummary summary;
  summary.source = planned.input.source;
  Reader reader(settings, planned.input.source);
  if (reader.source() != nullptr) {
    const SourceInfo& info = reader.source()->info();
    progress.Start(planned.name, FramesAhead(info, settings.max_frames));
    tracker.Reset();
    outputs.Begin(index, info);
    while (const FramePtr frame = reader.Next()) {
      const TrackResult result = tracker.Step(*frame);
      outputs.Write(*frame, result);
      ++summary.frames;
      if (!result.faces.empty()) ++summary.frames_with_face;
      progress.Update(summary.frames);
    }
    summary.written = outputs.End();
  }
  summary.error = reader.error();
  summary.seconds = SecondsSince(start);
  return summary;
}

}  // namespace

RunOutcome TrackInputs(const RunSettings& settings, Tracker& tracker, TrackOutputs& outputs,
                       Progress& progress) {
  RunOutcome outcome;
  for (size_t i = 0; i < settings.inputs.size() && !settings.stop.stop_requested(); ++i) {
    const InputSummary summary = TrackInput(settings, i, tracker, outputs, progress);
    if (!summary.error.empty()) ++outcome.failed_inputs;
    progress.Clear();
    settings.on_summary(summary);
  }
  outcome.stopped = settings.stop.stop_requested();
  return outcome;
}

std::string SummaryText(const InputSummary& summary) {
  const auto frames = static_cast<double>(std::max<int64_t>(summary.frames, 1));
  std::string text = summary.source + ": " + std::to_string(summary.frames) +
                     (summary.frames == 1 ? " frame" : " frames");
  text += ", a face in " + std::to_string(summary.frames_with_face) + " (";
  text += FixedText(100.0 * static_cast<double>(summary.frames_with_face) / frames, 1) + " %), ";
  text += FixedText(frames / std::max(summary.seconds, 1e-6), 1) + " frames/s";
  return text;
}

}  // namespace nosetip

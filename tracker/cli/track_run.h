// The loop of nosetip-track: every frame of every input through the tracker, into the outputs.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/cli/output_plan.h"
#include "tracker/cli/progress.h"
#include "tracker/cli/track_outputs.h"
#include "tracker/live/tracker.h"
#include "tracker/vision/frame_source.h"

namespace nosetip {

// What became of the inputs of one table: mostly one video, else the pictures of a folder.
struct TableSummary {
  std::string name;  // the input as the user gave it, or the table's name where inputs share it
  bool pictures = false;
  int64_t frames = 0;
  int64_t frames_with_face = 0;
  double seconds = 0.0;
  std::vector<WrittenFile> written;
};

struct RunSettings {
  OutputPlan plan;
  CameraOptions camera;
  int64_t max_frames = 0;  // of each input; 0 for all
  std::stop_token stop;
  std::function<void(const TrackResult&)> on_result = [](const TrackResult&) {};
  std::function<void(const TableSummary&)> on_summary;
  // Why an input ended early, or could not be opened.
  std::function<void(const std::string& error)> on_error;
};

struct RunOutcome {
  int failed_inputs = 0;
  bool stopped = false;
};

// After an input that cannot be opened or read to its end the next one has its turn; what was
// tracked of it is kept. An output that cannot be written throws Error. After a stop the files are
// finished with the frames so far.
//
// Reading, tracking, drawing and writing work on frames of an input at the same time, in order, so
// that the files are those of one after the other. The tracker and the callbacks of the settings
// stay on the caller's thread.
RunOutcome TrackInputs(const RunSettings& settings, Tracker& tracker, TrackOutputs& outputs,
                       Progress& progress);

// "clip.mp4: 1337 frames, a face in 1330 (99.5 %), 61.0 frames/s".
std::string SummaryText(const TableSummary& summary);

}  // namespace nosetip

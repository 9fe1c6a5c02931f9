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

// What became of one input.
struct InputSummary {
  std::string source;
  int64_t frames = 0;
  int64_t frames_with_face = 0;
  double seconds = 0.0;
  std::string error;  // why the input ended early; empty where it did not
  std::vector<std::filesystem::path> written;
};

struct RunSettings {
  std::vector<PlannedInput> inputs;
  CameraOptions camera;
  int64_t max_frames = 0;  // of each input; 0 for all
  std::stop_token stop;
  std::function<void(const InputSummary&)> on_summary;
};

struct RunOutcome {
  int failed_inputs = 0;
  bool stopped = false;
};

// An input that cannot be opened or read to its end is a summary with an error, what was tracked of
// it is kept, and the next one has its turn. An output that cannot be written throws Error.
RunOutcome TrackInputs(const RunSettings& settings, Tracker& tracker, TrackOutputs& outputs,
                       Progress& progress);

// "clip.mp4: 1337 frames, a face in 1330 of them (99.5 %), 61 frames/s".
std::string SummaryText(const InputSummary& summary);

}  // namespace nosetip

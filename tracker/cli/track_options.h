// The options of nosetip-track.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracker/cli/command_parser.h"
#include "tracker/cli/shard.h"
#include "tracker/core/fields.h"
#include "tracker/measure/benchmark.h"
#include "tracker/model/model_lookup.h"
#include "tracker/sources/frame_source.h"
#include "tracker/stream/stream_options.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"
#include "tracker/vision/overlay.h"

namespace nosetip {

// Kinds of output, each for every input.
struct OutputOptions {
  bool video = false;
  bool csv = false;
  bool jsonl = false;
  bool pts = false;
  bool coco = false;
  bool sheet = false;
  bool report = false;
  bool signals = false;    // in tables
  bool unix_time = false;  // in tables
  bool stability = false;
  // With --csv - and --jsonl -: to standard output and not to a file.
  bool csv_to_stdout = false;
  bool jsonl_to_stdout = false;

  bool ToStdout() const { return csv_to_stdout || jsonl_to_stdout; }
  bool Files() const { return video || csv || jsonl || pts || coco || sheet || report; }
  // Whether what faces do is to be measured.
  bool MeasureSignals() const { return signals || report; }
  static std::span<const Field<OutputOptions>> Fields();
};

struct RunOptions {
  std::string out = "out";
  std::string model{kAutoModel};  // for LoadModelFor
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  int jobs = 1;
  std::string shard;  // for ParseShard
  bool resume = false;
  int max_frames = 0;
  bool quiet = false;

  static std::span<const Field<RunOptions>> Fields();
};

// Refines --stability.
struct StabilityOptions {
  std::string camera_path;    // for FindCameraPaths
  double sensor_noise = 0.0;  // for WithSensorNoise

  static std::span<const Field<StabilityOptions>> Fields();
};

// All options of the program.
struct TrackOptions {
  std::vector<std::string> inputs;
  OutputOptions outputs;
  StreamOptions streams;
  RunOptions run;
  BenchmarkOptions benchmark;
  StabilityOptions stability;
  DetectorOptions detector;
  TrackerOptions tracker;
  OverlayOptions overlay;
  CameraOptions camera;
};

// Adds them to the command line, with the shipped detector as the default. `options` must outlive
// the parsing.
void AddTrackOptions(CommandParser& parser, TrackOptions& options);

// Throws Error where an option is out of range or some do not go together.
void CheckTrackOptions(const TrackOptions& options);

}  // namespace nosetip

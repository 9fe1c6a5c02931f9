// What nosetip-track is asked for.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"
#include "tracker/model/model_lookup.h"

namespace nosetip {

// Kinds of output, each for every input.
struct OutputOptions {
  bool video = false;
  bool csv = false;
  bool jsonl = false;
  bool pts = false;
  bool sheet = false;
  bool stability = false;

  bool Files() const { return video || csv || jsonl || pts || sheet; }
  static std::span<const Field<OutputOptions>> Fields();
};

struct RunOptions {
  std::string out = "out";
  std::string model{kAutoModel};  // for LoadModelFor
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
  int jobs = 1;
  std::string shard;  // see ParseShard
  bool resume = false;
  int max_frames = 0;
  bool quiet = false;

  static std::span<const Field<RunOptions>> Fields();
};

// What --stability is asked for besides.

struct StabilityOptions {
  std::string camera_path;    // for FindCameraPaths
  double sensor_noise = 0.0;  // for WithSensorNoise

  static std::span<const Field<StabilityOptions>> Fields();
};

// Throws Error where these are given without --stability, or that beside what it cannot go with.
void CheckStability(const StabilityOptions& options, const OutputOptions& outputs,
                    const RunOptions& run);

}  // namespace nosetip

// What --stability is asked for besides.
#pragma once

#include <span>
#include <string>

#include "tracker/cli/track_options.h"
#include "tracker/core/fields.h"

namespace nosetip {

struct StabilityOptions {
  std::string camera_path;    // for FindCameraPaths
  double sensor_noise = 0.0;  // for WithSensorNoise

  static std::span<const Field<StabilityOptions>> Fields();
};

// Throws Error where these are given without --stability, or that beside what it cannot go with.
void CheckStability(const StabilityOptions& options, const OutputOptions& outputs,
                    const RunOptions& run);

}  // namespace nosetip

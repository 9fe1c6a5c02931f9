#include "tracker/cli/stability_options.h"

#include <array>

#include "tracker/core/error.h"

namespace nosetip {

std::span<const Field<StabilityOptions>> StabilityOptions::Fields() {
  static const auto kFields = std::to_array<Field<StabilityOptions>>({
      {"camera-path", &StabilityOptions::camera_path,
       "CSV file of the path of the camera over a still picture, by which --stability also "
       "measures "
       "errors; without it, CLIP.path.csv where that lies beside CLIP.mp4."},
      {"sensor-noise", &StabilityOptions::sensor_noise,
       "Noise that --stability adds to each channel of each pixel of what was decoded, the same in "
       "every run: its standard deviation in 8-bit levels.",
       0, 255},
  });
  return kFields;
}

void CheckStability(const StabilityOptions& options, const OutputOptions& outputs,
                    const RunOptions& run) {
  if (!outputs.stability) {
    if (!options.camera_path.empty()) {
      throw Error("--camera-path is for what --stability measures; give that too");
    }
    if (options.sensor_noise != 0.0) {
      throw Error("--sensor-noise is for what --stability measures; give that too");
    }
    return;
  }
  if (outputs.Files()) {
    throw Error(
        "--stability measures without smoothing and writes no file; ask for the files in "
        "a run of their own");
  }
  if (run.jobs != 1 || run.resume) {
    throw Error("--stability measures one input after the other; leave --jobs and --resume away");
  }
}

}  // namespace nosetip

#include "tracker/cli/track_options.h"

#include <array>

#include "tracker/core/error.h"

namespace nosetip {

std::span<const Field<OutputOptions>> OutputOptions::Fields() {
  static const auto kFields = std::to_array<Field<OutputOptions>>({
      {"video", &OutputOptions::video,
       "Write NAME.mp4 with the faces drawn in, or NAME.png of a picture."},
      {"csv", &OutputOptions::csv,
       "Write NAME.csv, a row for each face of each frame, in OpenFace's columns."},
      {"jsonl", &OutputOptions::jsonl, "Write NAME.jsonl, a JSON object on a line for each frame."},
      {"pts", &OutputOptions::pts,
       "Write NAME.pts of a picture in iBUG's form, NAME_FRAME.pts of other inputs."},
      {"sheet", &OutputOptions::sheet, "Write NAME_sheet.png, frames from all over the input."},
      {"stability", &OutputOptions::stability,
       "Write no file; say how steady and how prompt the points are, plain and smoothed."},
  });
  return kFields;
}

std::span<const Field<RunOptions>> RunOptions::Fields() {
  static const auto kFields = std::to_array<Field<RunOptions>>({
      {"out", &RunOptions::out, "Folder for the outputs; made where it is missing."},
      {"model", &RunOptions::model,
       "Landmark model: a .ntm file, face68 or face68-fast; auto is face68, for cameras and "
       "streams face68-fast where a CPU is too slow for it."},
      {.name = "device",
       .member = &RunOptions::device,
       .help = "Where the network runs; auto takes a GPU where one works, else the CPU.",
       .choices = {"auto", "cpu", "cuda"}},
      {.name = "precision",
       .member = &RunOptions::precision,
       .help = "What the network computes in; auto takes fewer digits where the processor has "
               "instructions for that: half precision on a GPU, bfloat16 or 8 bits on a CPU.",
       .choices = {"auto", "float32"}},
      {"threads", &RunOptions::threads,
       "CPU threads of the network; 0 takes as many as are fastest, or one for each of several "
       "jobs.",
       0, 1024},
      {"jobs", &RunOptions::jobs,
       "Inputs to track at once, with one model in memory; 0 takes as many as there are cores.", 0,
       256},
      {"shard", &RunOptions::shard,
       "Take a part of the inputs only: 2/4 on the second of four machines that get the same."},
      {"resume", &RunOptions::resume,
       "Pass over what an earlier run with --resume has finished, with the same settings, from the "
       "same files."},
      {"max-frames", &RunOptions::max_frames,
       "Frames after which an input is stopped; 0 for never.", 0},
      {"quiet", &RunOptions::quiet, "Say nothing but errors."},
  });
  return kFields;
}

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

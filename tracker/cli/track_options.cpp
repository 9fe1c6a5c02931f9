#include "tracker/cli/track_options.h"

#include <array>
#include <utility>

#include <fmt/core.h>

#include "tracker/cli/output_plan.h"
#include "tracker/cli/shard.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/core/region.h"

namespace nosetip {
namespace {

void CheckStability(const StabilityOptions& options, const OutputOptions& outputs,
                    const RunOptions& run) {
  if (!outputs.stability) {
    if (!options.camera_path.empty()) {
      throw Error("--camera-path needs --stability; add it, or leave --camera-path out");
    }
    if (options.sensor_noise != 0.0) {
      throw Error("--sensor-noise needs --stability; add it, or leave --sensor-noise out");
    }
    return;
  }
  if (outputs.Files()) {
    throw Error("--stability measures raw points and writes no files; write files in another run");
  }
  if (run.jobs != 1 || run.resume) {
    throw Error("--stability measures one input at a time; leave out --jobs and --resume");
  }
}

void CheckTableOptions(const OutputOptions& outputs) {
  // Without any output --csv is written.
  if (!outputs.Files() || outputs.csv || outputs.jsonl) return;
  for (const auto& [is_set, name] :
       {std::pair(outputs.unix_time, "--unix-time"), std::pair(outputs.signals, "--signals")}) {
    if (!is_set) continue;
    throw Error(fmt::format("{0} needs --csv or --jsonl; add one, or leave {0} out", name));
  }
}

void CheckStdout(const OutputOptions& outputs, const RunOptions& run, bool benchmark) {
  if (!outputs.ToStdout()) return;
  if (outputs.csv_to_stdout && outputs.jsonl_to_stdout) {
    throw Error("--csv - and --jsonl - exclude each other; write one of them to a file");
  }
  if (benchmark || outputs.stability) {
    throw Error("standard output is for the report; leave out the - of --csv or --jsonl");
  }
  if (run.jobs != 1 || run.resume) {
    throw Error("standard output takes one input after the other; leave out --jobs and --resume");
  }
}

void CheckLiveResults(const StreamOptions& streams, const RunOptions& run, bool benchmark) {
  CheckStreams(streams);
  if (!streams.Any()) return;
  if (benchmark) throw Error("--benchmark sends no results; leave out --osc, --vmc and the like");
  if (run.jobs != 1) {
    throw Error("live results are those of one input after the other; leave out --jobs");
  }
}

void CheckBenchmark(const BenchmarkOptions& options, const RunOptions& run) {
  const bool whole = ParseShard(run.shard).Whole();
  if (options.benchmark && (!whole || run.jobs != 1 || run.resume)) {
    throw Error("--benchmark measures one clip alone; leave out --jobs, --shard and --resume");
  }
  if (!options.benchmark && !options.json.empty()) {
    throw Error("--json needs --benchmark; for a table of faces use --jsonl");
  }
}

}  // namespace

std::span<const Field<OutputOptions>> OutputOptions::Fields() {
  static const auto kFields = std::to_array<Field<OutputOptions>>({
      {"video", &OutputOptions::video,
       "Write NAME.mp4 with the faces drawn in and the sound of a file, or NAME.png for a "
       "picture."},
      {"csv", &OutputOptions::csv,
       "Write NAME.csv with one row per face and frame, in OpenFace's columns; with - to standard "
       "output."},
      {"jsonl", &OutputOptions::jsonl,
       "Write NAME.jsonl with one JSON object per frame; with - to standard output."},
      {"pts", &OutputOptions::pts,
       "Write NAME.pts (iBUG format) for a picture, NAME_FRAME.pts for other inputs."},
      {"coco", &OutputOptions::coco,
       "Write NAME.coco.json with COCO keypoints, for CVAT and training tools."},
      {"sheet", &OutputOptions::sheet,
       "Write NAME_sheet.png, a contact sheet of frames from the whole input."},
      {"report", &OutputOptions::report,
       "Write NAME_report.html, a page about what faces do: time lines of signals, blinks, "
       "pictures and tables; of several inputs also report_index.html."},
      {"signals", &OutputOptions::signals,
       "Add what faces do to --csv and --jsonl: how far eyes and mouth are open, blinks, smile, "
       "brows, jaw, the head's angles, and the points in millimeters."},
      {"unix-time", &OutputOptions::unix_time,
       "Add unix_time to --csv and --jsonl: when the frame was captured or arrived; for files, "
       "their creation time plus the timestamp."},
      {"stability", &OutputOptions::stability,
       "Print jitter and lag of the points, raw and smoothed, and how much of blinks and speech "
       "smoothing keeps; write no files."},
  });
  return kFields;
}

std::span<const Field<RunOptions>> RunOptions::Fields() {
  static const auto kFields = std::to_array<Field<RunOptions>>({
      {"out", &RunOptions::out, "Write outputs to this folder; created if missing."},
      {"model", &RunOptions::model,
       "Use this landmark model: a .safetensors file, face68, face68-fast, face58, nose or auto "
       "(face68 unless too slow for live input)."},
      {.name = "device",
       .member = &RunOptions::device,
       .help = "Run the landmark network here; auto uses a GPU if one works.",
       .choices = {"auto", "cpu", "cuda"}},
      {.name = "precision",
       .member = &RunOptions::precision,
       .help = "Compute in this precision; auto uses a lower one where the device is faster in it.",
       .choices = {"auto", "float32"}},
      {"threads", &RunOptions::threads,
       "Use this many CPU threads for the network; 0 picks the fastest number.", 0, 1024},
      {"jobs", &RunOptions::jobs,
       "Track this many inputs at once, sharing one model in memory; 0 is one per core.", 0, 256},
      {"shard", &RunOptions::shard,
       "Track only one part of the inputs, such as 2/4 on the second of four machines."},
      {"resume", &RunOptions::resume,
       "Skip inputs that an earlier run with --resume finished with the same settings."},
      {"max-frames", &RunOptions::max_frames,
       "Stop each input after this many frames; 0 for no limit.", 0},
      {"quiet", &RunOptions::quiet, "Print only errors."},
  });
  return kFields;
}

std::span<const Field<StabilityOptions>> StabilityOptions::Fields() {
  static const auto kFields = std::to_array<Field<StabilityOptions>>({
      {"camera-path", &StabilityOptions::camera_path,
       "Measure errors against this camera path (CSV); the default is CLIP.path.csv beside "
       "CLIP.mp4."},
      {"sensor-noise", &StabilityOptions::sensor_noise,
       "Add repeatable noise of this standard deviation, in 8-bit levels, to each pixel.", 0, 255},
  });
  return kFields;
}

void AddTrackOptions(CommandParser& parser, TrackOptions& options) {
  options.detector.detector = AssetPath("models/face_detector.onnx").string();
  parser.AddArguments({"inputs", &options.inputs,
                       "Videos, pictures, folders, image sequences (img_%04d.png), cameras (0) or "
                       "streams (rtsp://...)."});
  parser.AddOptions(options.outputs, CommandParser::kOutputs);
  parser.AllowStdout("csv", options.outputs.csv_to_stdout);
  parser.AllowStdout("jsonl", options.outputs.jsonl_to_stdout);
  parser.AddOptions(options.streams, "Live results");
  parser.AddOptions(options.run, "Run");
  parser.AddOptions(options.benchmark, "Benchmark");
  parser.AddOptions(options.stability, "Stability");
  parser.AddOptions(options.detector, "Detection");
  parser.AddOptions(options.tracker, "Tracking");
  parser.AddOptions(options.tracker.smoothing, "Smoothing");
  parser.AddOptions(options.tracker.intrinsics, "Head pose");
  parser.AddOptions(options.overlay, "Drawing");
  parser.AddOptions(options.camera, "Cameras");
}

void CheckTrackOptions(const TrackOptions& options) {
  if (options.inputs.empty() && !options.benchmark.benchmark) {
    throw Error("no inputs; name a video, picture, folder, camera or stream (see --help)");
  }
  Validate(options.run);
  Validate(options.stability);
  Validate(options.detector);
  Validate(options.tracker);
  Validate(options.tracker.smoothing);
  CheckIntrinsics(options.tracker.intrinsics);
  ParseRegion(options.tracker.roi);
  Validate(options.overlay);
  Validate(options.camera);
  CheckStdout(options.outputs, options.run, options.benchmark.benchmark);
  CheckLiveResults(options.streams, options.run, options.benchmark.benchmark);
  CheckStability(options.stability, options.outputs, options.run);
  CheckTableOptions(options.outputs);
  if (options.benchmark.no_smooth && options.tracker.smoothing.smooth) {
    throw Error("--smooth and --no-smooth exclude each other; leave one out");
  }
  CheckBenchmark(options.benchmark, options.run);
}

}  // namespace nosetip

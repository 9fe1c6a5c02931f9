// nosetip-track: finds the keypoints of faces in videos, pictures and cameras, without a window.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "tracker/cli/cli_options.h"
#include "tracker/cli/done_records.h"
#include "tracker/cli/output_plan.h"
#include "tracker/cli/progress.h"
#include "tracker/cli/run_outputs.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/cli/track_options.h"
#include "tracker/cli/track_run.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/measure/benchmark.h"
#include "tracker/measure/benchmark_report.h"
#include "tracker/measure/camera_path.h"
#include "tracker/measure/stability_report.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/text_output.h"
#include "tracker/sources/input_list.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"
#include "tracker/vision/overlay.h"

namespace nosetip {
namespace {

constexpr int kExitFailed = 1;

struct Options {
  std::vector<std::string> inputs;
  OutputOptions outputs;
  RunOptions run;
  BenchmarkOptions benchmark;
  StabilityOptions stability;
  DetectorOptions detector;
  TrackerOptions tracker;
  OverlayOptions overlay;
  CameraOptions camera;
};

void Say(const Options& options, const std::string& text) {
  if (!options.run.quiet) std::fprintf(stderr, "%s\n", text.c_str());
}

void Complain(const std::string& text) { std::fprintf(stderr, "error: %s\n", text.c_str()); }

void AddAllOptions(CLI::App& app, Options& options) {
  app.add_option("inputs", options.inputs,
                 "Videos, pictures, folders, image sequences (img_%04d.png), cameras (0) or "
                 "streams (rtsp://...).");
  AddOptions(app, options.outputs, "Outputs");
  AddOptions(app, options.run, "Run");
  AddOptions(app, options.benchmark, "Benchmark");
  AddOptions(app, options.stability, "Stability");
  AddOptions(app, options.detector, "Detection");
  AddOptions(app, options.tracker, "Tracking");
  AddOptions(app, options.tracker.smoothing, "Smoothing");
  AddOptions(app, options.overlay, "Drawing");
  AddOptions(app, options.camera, "Cameras");
}

void ValidateAll(Options& options) {
  if (options.inputs.empty() && !options.benchmark.benchmark) {
    throw Error(
        "there are no inputs; name a video, picture, folder, camera or stream (see --help)");
  }
  Validate(options.run);
  Validate(options.stability);
  Validate(options.detector);
  Validate(options.tracker);
  Validate(options.overlay);
  Validate(options.camera);
  CheckStability(options.stability, options.outputs, options.run);
  const bool both = options.benchmark.no_smooth && options.tracker.smoothing.smooth;
  if (both) throw Error("both --smooth and --no-smooth are given; leave one away");
  const bool whole = ParseShard(options.run.shard).Whole();
  if (options.benchmark.benchmark) {
    if (whole && options.run.jobs == 1 && !options.run.resume) return;
    throw Error("--benchmark measures one clip by itself; leave --jobs, --shard and --resume away");
  }
  if (!options.benchmark.json.empty()) {
    throw Error("--json is for what --benchmark measures; for a table of faces take --jsonl");
  }
  if (options.outputs.stability) {
    options.tracker.smoothing.smooth = false;  // the report smooths by itself
    return;
  }
  if (options.outputs.Files()) return;
  options.outputs.video = options.outputs.csv = true;
  Say(options, "no output named: writing --video and --csv");
}

// Those that exist; counts and names the others.
std::vector<Input> FindInputs(const std::vector<std::string>& arguments, int& missing) {
  std::vector<Input> inputs;
  for (const std::string& argument : arguments) {
    try {
      for (Input& input : ListInputs({&argument, 1})) inputs.push_back(std::move(input));
    } catch (const Error& error) {
      Complain(error.what());
      ++missing;
    }
  }
  return inputs;
}

// What a run has written into such a folder would be an input of the next one.
void CheckInputsStay(const Options& options) {
  if (!options.run.resume && options.run.shard.empty()) return;
  for (const std::string& input : options.inputs) {
    std::error_code ignored;
    if (!std::filesystem::equivalent(input, options.run.out, ignored)) continue;
    throw Error("--out is " + input + ", the folder of the inputs, which would not be the same " +
                "after a run; name another folder");
  }
}

ResultSettings SettingsOfResults(const Options& options, const OutputPlan& plan) {
  ResultSettings settings;
  settings.Add("version of nosetip-track", ThisEnvironment().nosetip_version);
  settings.Add("number of inputs (one or several)", HasFileColumn(plan) ? "several" : "one");
  settings.Add("--max-frames", std::to_string(options.run.max_frames));
  settings.Add("--precision", options.run.precision);
  settings.AddOptions(options.detector);
  settings.AddOptions(options.tracker);
  settings.AddOptions(options.tracker.smoothing);
  if (options.outputs.video || options.outputs.sheet) settings.AddOptions(options.overlay);
  settings.AddFile("--model", LandmarkFile(options.run.model));
  settings.AddFile("--detector", options.detector.detector);
  return settings;
}

struct Parts {
  DeviceChoice device;
  LoadedModel model;
};

Parts LoadParts(const Options& options, size_t jobs, Pace pace) {
  Parts parts{ChooseDevice(options.run.device, options.run.precision), {}};
  parts.device.on_fallback = [&](const std::string& how) { Say(options, "\nlandmarks: " + how); };
  Say(options, "device: " + parts.device.name + " (" + parts.device.reason + ")");
  parts.model = LoadModelFor(options.run.model, parts.device, jobs, options.run.threads, pace);
  const std::string why = parts.model.reason.empty() ? "" : " (" + parts.model.reason + ")";
  Say(options, "model: " + parts.model.path + why);
  Say(options, "landmarks: " + parts.model.landmarkers.front()->HowItRuns());
  return parts;
}

Pace PaceOf(const OutputPlan& plan) {
  return HasLiveInput(plan) ? Pace::kLive : Pace::kReproducible;
}

// One for each job.
std::vector<TrackingParts> MakeTrackingParts(const Options& options, size_t jobs, Pace pace) {
  // The detector first: its file is small, and said sooner to be wrong.
  std::vector<std::unique_ptr<FaceDetector>> detectors;
  while (detectors.size() < jobs) detectors.push_back(CreateYuNetDetector(options.detector));
  Parts parts = LoadParts(options, jobs, pace);
  const bool ahead = options.tracker.max_faces > 1;  // else there are no others to search for
  const auto further_faces = ahead ? FurtherFaces::kOffered : FurtherFaces::kSearched;
  std::vector<TrackingParts> all;
  for (size_t i = 0; i < jobs; ++i) {
    Tracker tracker(std::move(detectors[i]), std::move(parts.model.landmarkers[i]), options.tracker,
                    further_faces);
    all.push_back({std::move(tracker), {}, options.tracker.detect_interval});
    if (ahead) all.back().search_detector = CreateYuNetDetector(options.detector);
  }
  return all;
}

// More than there are tables would have nothing to do.
size_t JobsFor(const Options& options, size_t tables) {
  const int wanted = options.run.jobs > 0 ? options.run.jobs : ThisEnvironment().cores;
  return std::clamp<size_t>(static_cast<size_t>(wanted), 1, tables);
}

Progress MakeProgress(const Options& options) {
  Progress::Options progress = Progress::OnStderr();
  if (options.run.quiet) progress.write = [](std::string_view) {};
  return Progress(progress);
}

void PrintSummary(const TableSummary& summary) {
  std::printf("%s\n%s", SummaryText(summary).c_str(), WrittenText(summary).c_str());
  std::fflush(stdout);
}

int MeasureStages(Options& options, const std::stop_token& stop) {
  if (options.inputs.size() > 1) throw Error("--benchmark measures one clip; name one");
  constexpr int kMostFaces = 16;
  options.tracker.max_faces = std::max(options.tracker.max_faces, kMostFaces);
  options.tracker.smoothing.smooth = !options.benchmark.no_smooth;
  BenchmarkSettings settings;
  settings.source = options.inputs.empty() ? SampleClipPath().string() : options.inputs.front();
  if (options.run.max_frames > 0) settings.frames = options.run.max_frames;
  settings.overlay = options.overlay;
  settings.stop = stop;
  // What is wrong with the file is better said before minutes are spent on it.
  std::optional<TextOutput> json;
  if (!options.benchmark.json.empty()) json.emplace(options.benchmark.json);
  Parts parts = LoadParts(options, 1, Pace::kReproducible);
  BenchmarkReport report;
  report.environment = ThisEnvironment();
  report.device = parts.device.name;
  report.landmarks = parts.model.landmarkers.front()->HowItRuns();
  report.source = settings.source;
  report.model = parts.model.path;
  report.detector_input_px = DetectorInputPx(options.detector);
  report.warm_up_frames = settings.warm_up_frames;
  Tracker tracker(CreateYuNetDetector(options.detector), std::move(parts.model.landmarkers.front()),
                  options.tracker);
  report.benchmark = RunBenchmark(settings, tracker);
  std::printf("%s", BenchmarkText(report).c_str());
  if (json) {
    json->Write(BenchmarkJson(report));
    json->Finish();
  }
  return stop.stop_requested() ? kExitStopped : 0;
}

// All but what needs a model.
RunSettings PlanRun(const Options& options, const std::vector<Input>& inputs) {
  RunSettings run;
  // Names are given before the list is split, so that they do not depend on how it is.
  OutputPlan plan = PlanOutputs(inputs);
  run.tables = TablesOfShard(ParseShard(options.run.shard), plan.tables.size());
  run.outputs = {options.outputs, options.run.out, std::move(plan), {}, options.overlay};
  run.camera = options.camera;
  run.max_frames = options.run.max_frames;
  run.sensor_noise = options.stability.sensor_noise;
  run.on_error = Complain;
  return run;
}

// `records` may be null.
RunOutcome Track(const Options& options, RunSettings& run, DoneRecords* records) {
  std::map<size_t, CameraPath> paths;
  if (options.outputs.stability) {
    paths = FindCameraPaths(run.outputs.plan, run.tables, options.stability.camera_path);
  }
  std::vector<TrackingParts> jobs =
      MakeTrackingParts(options, JobsFor(options, run.tables.size()), PaceOf(run.outputs.plan));
  run.outputs.schema = jobs.front().tracker.schema();
  std::optional<StabilityReport> stability;
  if (options.outputs.stability) {
    stability.emplace(run.outputs.schema, options.tracker.smoothing, std::move(paths));
  }
  run.on_begin = [&](size_t table) {
    if (records != nullptr) {
      records->Begin(table);
    } else if (options.outputs.Files()) {
      ForgetDone(run.outputs, table);
    }
  };
  run.on_result = [&](const TrackResult& result) {
    if (stability) stability->Add(result);
  };
  run.on_summary = [&](const TableSummary& summary) {
    if (records != nullptr && summary.complete) records->Finish(summary.table, summary.written);
    if (!options.run.quiet) PrintSummary(summary);
    if (!stability) return;
    const bool to_its_end = summary.complete && options.run.max_frames == 0;
    std::printf("%s", stability->Finish(summary.table, to_its_end).c_str());
  };
  Progress progress = MakeProgress(options);
  return TrackTables(run, jobs, progress);
}

int Run(Options& options, const std::stop_token& stop) {
  ValidateAll(options);
  if (options.benchmark.benchmark) return MeasureStages(options, stop);
  CheckInputsStay(options);
  int missing = 0;
  const std::vector<Input> inputs = FindInputs(options.inputs, missing);
  if (inputs.empty()) return kExitFailed;
  RunSettings run = PlanRun(options, inputs);
  run.stop = stop;
  std::optional<DoneRecords> records;
  if (options.run.resume && !run.tables.empty()) {
    records.emplace(run.outputs, SettingsOfResults(options, run.outputs.plan));
    run.tables = records->LeftOf(run.tables, [&](const std::string& text) { Say(options, text); });
  }
  RunOutcome outcome;
  if (run.tables.empty()) {
    Say(options, "nothing is left to do");
  } else {
    outcome = Track(options, run, records ? &*records : nullptr);
  }
  if (outcome.stopped) return kExitStopped;
  return missing + outcome.failed_inputs > 0 ? kExitFailed : 0;
}

}  // namespace
}  // namespace nosetip

int main(int argc, char** argv) {
  const nosetip::StopOnSignal stop(
      [] { std::fprintf(stderr, "\nstopping; press again to end at once\n"); });
  nosetip::Options options;
  options.detector.detector = nosetip::AssetPath("models/face_detector.onnx").string();
  CLI::App app("Finds the keypoints of faces in videos, pictures and cameras.");
  nosetip::AddAllOptions(app, options);
  CLI11_PARSE(app, argc, argv);
  try {
    return nosetip::Run(options, stop.token());
  } catch (const nosetip::Error& error) {
    nosetip::Complain(error.what());
  } catch (const std::exception& error) {
    nosetip::Complain(std::string("unexpected: ") + error.what());
  }
  return nosetip::kExitFailed;
}

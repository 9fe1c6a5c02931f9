#include "tracker/cli/benchmark_command.h"

#include <algorithm>
#include <cstdio>
#include <optional>
#include <utility>

#include "tracker/cli/load_parts.h"
#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/measure/benchmark.h"
#include "tracker/measure/benchmark_report.h"
#include "tracker/output/text_output.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {
namespace {

constexpr int kMaxFaces = 16;  // in a frame of a benchmark

BenchmarkSettings SettingsFor(const TrackOptions& options, const std::stop_token& stop) {
  BenchmarkSettings settings;
  settings.source = options.inputs.empty() ? SampleClipPath().string() : options.inputs.front();
  if (options.run.max_frames > 0) settings.frames = options.run.max_frames;
  settings.overlay = options.overlay;
  settings.stop = stop;
  return settings;
}

BenchmarkReport ReportFor(const TrackOptions& options, const BenchmarkSettings& settings,
                          const LandmarkParts& parts) {
  BenchmarkReport report;
  report.environment = ThisEnvironment();
  report.device = parts.device.name;
  report.landmarks = parts.model.landmarkers.front()->HowItRuns();
  report.source = settings.source;
  report.model = parts.model.path;
  report.detector_input_px = DetectorInputPx(options.detector);
  report.warm_up_frames = settings.warm_up_frames;
  return report;
}

}  // namespace

int RunBenchmarkCommand(TrackOptions options, const std::stop_token& stop) {
  if (options.inputs.size() > 1) throw Error("--benchmark measures one clip; name only one");
  options.tracker.max_faces = std::max(options.tracker.max_faces, kMaxFaces);
  options.tracker.smoothing.smooth = !options.benchmark.no_smooth;
  const BenchmarkSettings settings = SettingsFor(options, stop);
  // Opened first, so that a path that cannot be written fails before minutes of measuring.
  std::optional<TextOutput> json;
  if (!options.benchmark.json.empty()) json.emplace(options.benchmark.json);
  LandmarkParts parts = LoadLandmarkParts(options, 1, Pace::kReproducible);
  BenchmarkReport report = ReportFor(options, settings, parts);
  Tracker tracker(CreateYuNetDetector(options.detector), std::move(parts.model.landmarkers.front()),
                  options.tracker);
  report.benchmark = RunBenchmark(settings, tracker);
  Print("{}", BenchmarkText(report));
  if (json) {
    json->Write(BenchmarkJson(report));
    json->Finish();
  }
  return stop.stop_requested() ? kExitStopped : 0;
}

}  // namespace nosetip

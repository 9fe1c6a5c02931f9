#include "tracker/measure/benchmark_report.h"

#include <numeric>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/json_text.h"
#include "tracker/core/metrics.h"
#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

using Json = nlohmann::ordered_json;

struct StageFigures {
  double p50_ms;
  double p95_ms;
  double p99_ms;
  double frames_per_s;  // 0 for a stage that took no time
};

StageFigures FiguresOf(const StageSamples& stage) {
  const double sum_ms = std::accumulate(stage.ms.begin(), stage.ms.end(), 0.0);
  return {Percentile(stage.ms, 50.0), Percentile(stage.ms, 95.0), Percentile(stage.ms, 99.0),
          sum_ms > 0.0 ? 1000.0 * static_cast<double>(stage.ms.size()) / sum_ms : 0.0};
}

size_t FramesOf(const BenchmarkRun& run) {
  return run.stages.empty() ? 0 : run.stages.front().ms.size();
}

std::string Row(const StageSamples& stage) {
  const StageFigures figures = FiguresOf(stage);
  const std::string rate =
      figures.frames_per_s > 0.0 ? fmt::format("{:.1f}", figures.frames_per_s) : "-";
  return fmt::format("  {:<9} {:>9.2f} {:>9.2f} {:>9.2f} {:>10}\n", stage.name, figures.p50_ms,
                     figures.p95_ms, figures.p99_ms, rate);
}

}  // namespace

std::string BenchmarkText(const BenchmarkReport& report) {
  const Environment& e = report.environment;
  const SizePx frame_px = report.benchmark.frame_px;
  std::string text = fmt::format("{}, {} cores; Nosetip {} ({}, {}), LibTorch {}, OpenCV {}\n",
                                 e.processor, e.cores, e.nosetip_version, e.build_type, e.compiler,
                                 e.libtorch_version, e.opencv_version);
  text += fmt::format("device: {}; landmarks: {}\n", report.device, report.landmarks);
  text += fmt::format("{}, {}x{}; detector input {} px; model {}\n", report.source, frame_px.width,
                      frame_px.height, report.detector_input_px, report.model);
  for (const BenchmarkRun& run : report.benchmark.runs) {
    text += fmt::format("\n{} {}, {:.2f} followed; {} frames after {} to warm up\n", run.faces,
                        run.faces == 1 ? "face" : "faces", run.followed, FramesOf(run),
                        report.warm_up_frames);
    text += "  stage        p50 ms    p95 ms    p99 ms   frames/s\n";
    for (const StageSamples& stage : run.stages) text += Row(stage);
  }
  return text;
}

std::string BenchmarkJson(const BenchmarkReport& report) {
  const Environment& e = report.environment;
  Json object;
  object["machine"] = {{"processor", e.processor}, {"cores", e.cores}};
  object["versions"] = {{"nosetip", e.nosetip_version},
                        {"libtorch", e.libtorch_version},
                        {"opencv", e.opencv_version},
                        {"compiler", e.compiler},
                        {"build_type", e.build_type}};
  object["device"] = report.device;
  object["landmarks"] = report.landmarks;
  object["source"] = report.source;
  object["model"] = report.model;
  object["frame_width_px"] = report.benchmark.frame_px.width;
  object["frame_height_px"] = report.benchmark.frame_px.height;
  object["detector_input_px"] = report.detector_input_px;
  object["warm_up_frames"] = report.warm_up_frames;
  object["runs"] = Json::array();
  for (const BenchmarkRun& run : report.benchmark.runs) {
    Json stages = Json::object();
    for (const StageSamples& stage : run.stages) {
      const StageFigures figures = FiguresOf(stage);
      stages[stage.name] = {{"p50_ms", RoundedTo(figures.p50_ms, 4)},
                            {"p95_ms", RoundedTo(figures.p95_ms, 4)},
                            {"p99_ms", RoundedTo(figures.p99_ms, 4)},
                            {"frames_per_s", RoundedTo(figures.frames_per_s, 2)}};
    }
    object["runs"].push_back({{"faces", run.faces},
                              {"followed", RoundedTo(run.followed, 3)},
                              {"frames", FramesOf(run)},
                              {"stages", std::move(stages)}});
  }
  return JsonText(object, 1) + '\n';
}

}  // namespace nosetip

// The landmark network with its crops, from a frame in main memory to points in main memory: on one
// thread of the CPU, and on a GPU where there is one.
#include <chrono>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/bench_inputs.h"
#include "tracker/core/metrics.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

std::vector<RectF> BoxesOf(int faces) {
  std::vector<RectF> boxes;
  for (const TrackedFace& face : MadeUpFaces(faces, 0.0F).faces) boxes.push_back(face.box.rect);
  return boxes;
}

// The benchmark reports the mean; p50_ms and p99_ms are percentiles of single calls.
void LocateOn(const DeviceChoice& device, benchmark::State& state, const std::string& model) {
  using Clock = std::chrono::steady_clock;
  const auto landmarker = LoadLandmarker(ShippedModel(model), device, kNetworkThreads);
  state.SetLabel(landmarker->HowItRuns());
  const Image image = NoisePicture();
  const std::vector<RectF> boxes = BoxesOf(static_cast<int>(state.range(0)));
  std::vector<double> ms;
  for (auto _ : state) {
    const Clock::time_point start = Clock::now();
    auto found = landmarker->Locate(image, boxes);
    benchmark::DoNotOptimize(found.data());
    ms.push_back(std::chrono::duration<double, std::milli>(Clock::now() - start).count());
  }
  state.counters["p50_ms"] = Percentile(ms, 50.0);
  state.counters["p99_ms"] = Percentile(ms, 99.0);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}

void LocateLandmarks(benchmark::State& state, const std::string& model) {
  LocateOn(ChooseDevice("cpu"), state, model);
}
BENCHMARK_CAPTURE(LocateLandmarks, face68, "face68")->Apply(ForSomeFaces);
BENCHMARK_CAPTURE(LocateLandmarks, face68_fast, "face68-fast")->Apply(ForSomeFaces);

// The same as above on a CPU without instructions for lower precision.
void LocateLandmarksInFloat32(benchmark::State& state, const std::string& model) {
  LocateOn(ChooseDevice("cpu", "float32"), state, model);
}
BENCHMARK_CAPTURE(LocateLandmarksInFloat32, face68, "face68")->Apply(ForSomeFaces);
BENCHMARK_CAPTURE(LocateLandmarksInFloat32, face68_fast, "face68-fast")->Apply(ForSomeFaces);

void LocateLandmarksOnTheGpu(benchmark::State& state, const std::string& model) {
  DeviceChoice device = ChooseDevice("auto");
  if (device.kind != DeviceKind::kCuda) {
    state.SkipWithError(device.reason.c_str());
    return;
  }
  device.insisted = true;
  LocateOn(device, state, model);
}
BENCHMARK_CAPTURE(LocateLandmarksOnTheGpu, face68, "face68")
    ->Apply(ForSomeFaces)
    ->Arg(32)
    ->UseRealTime();
BENCHMARK_CAPTURE(LocateLandmarksOnTheGpu, face68_fast, "face68-fast")
    ->Apply(ForSomeFaces)
    ->Arg(32)
    ->UseRealTime();

}  // namespace
}  // namespace nosetip

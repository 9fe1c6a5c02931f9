// The landmark network with its crops, from a frame in the computer's memory to points in it: on
// one thread of the CPU, and on a GPU where there is one.
#include <chrono>
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/assets.h"
#include "tracker/core/percentile.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

std::vector<RectF> BoxesOf(int faces) {
  std::vector<RectF> boxes;
  for (const TrackedFace& face : MadeUpFaces(faces, 0.0F).faces) boxes.push_back(face.box.rect);
  return boxes;
}

// The mean is the benchmark's own time; p50_ms and p99_ms are of single calls.
void LocateOn(const DeviceChoice& device, benchmark::State& state) {
  using Clock = std::chrono::steady_clock;
  const auto landmarker =
      LoadLandmarker(AssetPath("models/face68.ntm").string(), device, /*threads=*/1);
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

void LocateLandmarks(benchmark::State& state) { LocateOn(ChooseDevice("cpu"), state); }
BENCHMARK(LocateLandmarks)
    ->ArgName("faces")
    ->Arg(1)
    ->Arg(4)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond);

// The same as above on a CPU that has no tiles for bfloat16.
void LocateLandmarksInFloat32(benchmark::State& state) {
  LocateOn(ChooseDevice("cpu", "float32"), state);
}
BENCHMARK(LocateLandmarksInFloat32)
    ->ArgName("faces")
    ->Arg(1)
    ->Arg(4)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond);

void LocateLandmarksOnTheGpu(benchmark::State& state) {
  DeviceChoice device = ChooseDevice("auto");
  if (device.kind != DeviceKind::kCuda) {
    state.SkipWithError(device.reason.c_str());
    return;
  }
  device.insisted = true;
  LocateOn(device, state);
}
BENCHMARK(LocateLandmarksOnTheGpu)
    ->ArgName("faces")
    ->Arg(1)
    ->Arg(4)
    ->Arg(16)
    ->Arg(32)
    ->UseRealTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip

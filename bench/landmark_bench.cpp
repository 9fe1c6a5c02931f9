// The landmark network with its crops, on one thread of the CPU.
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/assets.h"
#include "tracker/model/landmarker.h"

namespace nosetip {
namespace {

void LocateLandmarks(benchmark::State& state) {
  const auto landmarker =
      LoadLandmarker(AssetPath("models/face68.ntm").string(), ChooseDevice("cpu"), /*threads=*/1);
  const Image image = NoisePicture();
  std::vector<RectF> boxes;
  for (const TrackedFace& face : MadeUpFaces(static_cast<int>(state.range(0)), 0.0F).faces) {
    boxes.push_back(face.box.rect);
  }
  for (auto _ : state) {
    auto found = landmarker->Locate(image, boxes);
    benchmark::DoNotOptimize(found.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(LocateLandmarks)
    ->ArgName("faces")
    ->Arg(1)
    ->Arg(4)
    ->Arg(16)
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip

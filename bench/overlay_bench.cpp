// Drawing faces into a frame on the CPU.
#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/vision/overlay.h"

namespace nosetip {
namespace {

void DrawFaces(benchmark::State& state) {
  const Image image = NoisePicture();
  const TrackResult result = MadeUpFaces(static_cast<int>(state.range(0)), 0.0F);
  for (auto _ : state) {
    Image drawn = DrawOverlay(image, result, Ibug68());
    benchmark::DoNotOptimize(drawn.rgb.data());
  }
}
BENCHMARK(DrawFaces)->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip

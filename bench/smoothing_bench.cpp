// Calming the points of followed faces.
#include <array>

#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/tracking/landmark_smoother.h"

namespace nosetip {
namespace {

void SmoothFaces(benchmark::State& state) {
  SmoothingOptions options;
  options.smooth = true;
  LandmarkSmoother smoother(Ibug68(), options);
  const auto faces = static_cast<int>(state.range(0));
  const std::array<TrackResult, 2> there_and_back = {MadeUpFaces(faces, 0.0F),
                                                     MadeUpFaces(faces, 0.7F)};
  int64_t frame = 0;
  for (auto _ : state) {
    TrackResult result = there_and_back[static_cast<size_t>(frame % 2)];
    result.pts_s = static_cast<double>(++frame) / 30.0;
    smoother.Smooth(result);
    benchmark::DoNotOptimize(result.faces.data());
  }
}
BENCHMARK(SmoothFaces)->ArgName("faces")->Arg(1)->Arg(4)->Arg(16)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip

// Cutting a face out for the landmark network.
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/crop.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

// A crop of range(1) pixels a side: 128 for face68-fast, 256 for face68.
void CutCrops(benchmark::State& state, const Affine2& crop_from_frame) {
  const Image image = NoisePicture();
  const auto input_px = static_cast<int>(state.range(1));
  std::vector<float> out(SizePx::Square(input_px).Area());
  for (auto _ : state) {
    CutGrayCrop(image, crop_from_frame, input_px, out);
    benchmark::DoNotOptimize(out.data());
  }
}
// Of a face whose crop covers range(0) frame pixels a side.
void CropUpright(benchmark::State& state) {
  const auto side = static_cast<float>(state.range(0));
  CutCrops(state,
           CropFromFrame({100.0F, 60.0F, side, side}, 1.0F, static_cast<int>(state.range(1))));
}
BENCHMARK(CropUpright)
    ->ArgNames({"side_px", "input_px"})
    ->ArgsProduct({{64, 150, 300}, {128, 256}})
    ->Unit(benchmark::kMicrosecond);

// As the trainer's, which are turned.
void CropTurned(benchmark::State& state) {
  const float scale = static_cast<float>(state.range(1)) / static_cast<float>(state.range(0));
  CutCrops(state, Affine2::Similarity(scale, 0.2F, {-20.0F, -40.0F}));
}
BENCHMARK(CropTurned)
    ->ArgNames({"side_px", "input_px"})
    ->ArgsProduct({{150, 300}, {128, 256}})
    ->Unit(benchmark::kMicrosecond);

// What a leaning face takes besides its crop: its surroundings in range(0) frame pixels a side.
void TurnUpright(benchmark::State& state) {
  const Image image = NoisePicture();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        CutTurned(image, {320.0F, 240.0F}, static_cast<float>(state.range(0)), 0.5F));
  }
}
BENCHMARK(TurnUpright)
    ->ArgName("side_px")
    ->Arg(150)
    ->Arg(300)
    ->Arg(600)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip

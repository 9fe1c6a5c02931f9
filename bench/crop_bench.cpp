// Cutting a face out for the landmark network.
#include <vector>

#include <benchmark/benchmark.h>

#include "bench/made_up_face.h"
#include "tracker/core/crop.h"

namespace nosetip {
namespace {

constexpr int kInputPx = 128;

// Of a face whose crop covers so many frame pixels a side.
void CropUpright(benchmark::State& state) {
  const Image image = NoisePicture();
  const auto side = static_cast<float>(state.range(0));
  const Affine2 crop_from_frame = CropFromFrame({100.0F, 60.0F, side, side}, 1.0F, kInputPx);
  std::vector<float> out(static_cast<size_t>(kInputPx) * kInputPx);
  for (auto _ : state) {
    CutGrayCrop(image, crop_from_frame, kInputPx, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(CropUpright)
    ->ArgName("side_px")
    ->Arg(64)
    ->Arg(150)
    ->Arg(300)
    ->Unit(benchmark::kMicrosecond);

// As the trainer's, which are turned.
void CropTurned(benchmark::State& state) {
  const Image image = NoisePicture();
  const float scale = static_cast<float>(kInputPx) / static_cast<float>(state.range(0));
  const Affine2 crop_from_frame = Affine2::Similarity(scale, 0.2F, {-20.0F, -40.0F});
  std::vector<float> out(static_cast<size_t>(kInputPx) * kInputPx);
  for (auto _ : state) {
    CutGrayCrop(image, crop_from_frame, kInputPx, out);
    benchmark::DoNotOptimize(out.data());
  }
}
BENCHMARK(CropTurned)->ArgName("side_px")->Arg(150)->Arg(300)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip

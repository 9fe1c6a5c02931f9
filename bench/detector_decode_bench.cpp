// From the raw outputs of the face detector to boxes.
#include <array>
#include <utility>
#include <vector>

#include <benchmark/benchmark.h>

#include "tracker/vision/yunet_decode.h"

namespace nosetip {
namespace {

constexpr std::array kStridesPx = {8, 16, 32};

struct Outputs {
  std::vector<float> cls;
  std::vector<float> obj;
  std::vector<float> bbox;
};

// One cell in `every` is sure of a face, as around real faces; the others are sure of none.
Outputs MakeOutputs(size_t cells, size_t every) {
  Outputs outputs{std::vector<float>(cells, 0.01F), std::vector<float>(cells, 0.01F),
                  std::vector<float>(4 * cells, 0.5F)};
  for (size_t i = 0; i < cells; i += every) outputs.cls[i] = outputs.obj[i] = 0.9F;
  return outputs;
}

void DecodeDetector(benchmark::State& state) {
  constexpr float kMinScore = 0.6F;
  constexpr float kMaxIou = 0.3F;
  const auto side = static_cast<int>(state.range(0));
  std::array<Outputs, kStridesPx.size()> outputs;
  std::array<YuNetScale, kStridesPx.size()> scales;
  for (size_t i = 0; i < scales.size(); ++i) {
    const auto cells_a_side = static_cast<size_t>(side / kStridesPx[i]);
    outputs[i] = MakeOutputs(cells_a_side * cells_a_side, 97);
    scales[i] = {kStridesPx[i], outputs[i].cls, outputs[i].obj, outputs[i].bbox};
  }
  for (auto _ : state) {
    auto boxes = SuppressOverlaps(DecodeYuNet2023(scales, side, side, kMinScore), kMaxIou);
    benchmark::DoNotOptimize(boxes.data());
  }
}
BENCHMARK(DecodeDetector)
    ->ArgName("input_px")
    ->Arg(128)
    ->Arg(320)
    ->Arg(640)
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip

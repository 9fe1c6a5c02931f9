// The landmark network alone, on one thread of the CPU: no crops, and points in units of the crop.
// Its operations per second divided by those of a matrix product (matrix_bench.cpp) are the share
// of the processor's rate that it reaches.
#include <cstdint>
#include <memory>
#include <string>

#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include "bench/bench_inputs.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/device.h"
#include "tracker/model/inference_network.h"
#include "tracker/model/networks.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

// Of a convolution for one picture, whose output is as large as `out`.
int64_t MultiplyAddsOf(const torch::Tensor& weight, const torch::Tensor& out) {
  return weight.numel() * out.size(2) * out.size(3);
}

// Of all convolutions, which are nearly all of the work. `x` is one picture, and afterwards the
// output of the layers.
int64_t MultiplyAddsOf(nn::Sequential layers, torch::Tensor& x);

int64_t MultiplyAddsOf(const ScoreMapHeadImpl& head, torch::Tensor& x) {
  torch::Tensor f16 = x;
  int64_t count = MultiplyAddsOf(head.stage16, f16);
  torch::Tensor f32 = f16;
  count += MultiplyAddsOf(head.stage32, f32);
  count += MultiplyAddsOf(head.lateral8->weight, x) + MultiplyAddsOf(head.lateral16->weight, f16) +
           MultiplyAddsOf(head.lateral32->weight, f32);
  x = torch::zeros({1, head.lateral8->weight.size(0), x.size(2), x.size(3)});
  return count + MultiplyAddsOf(head.mix, x) + MultiplyAddsOf(head.maps->weight, x);
}

int64_t MultiplyAddsOf(nn::Sequential layers, torch::Tensor& x) {
  int64_t count = 0;
  for (auto layer = layers->begin(); layer != layers->end(); ++layer) {
    const std::shared_ptr<nn::Module> module = layer->ptr();
    if (const auto* head = module->as<ScoreMapHead>()) {
      count += MultiplyAddsOf(*head, x);
      continue;
    }
    x = layer->forward(x);
    if (module->as<nn::Conv2d>() == nullptr && module->as<BasicBlock>() == nullptr) continue;
    // All convolutions of a block have an output as large as that of the block.
    for (const torch::Tensor& weight : module->parameters()) {
      if (weight.dim() == 4) count += MultiplyAddsOf(weight, x);
    }
  }
  return count;
}

void RunNetwork(benchmark::State& state, const Model& model, TensorForm form) {
  PrepareTorchThread(kNetworkThreads);
  const c10::InferenceMode inference;
  const SizePx size = model.meta.network.input_px;
  torch::Tensor picture = torch::zeros({1, 1, size.height, size.width});
  const auto faces = state.range(0);
  const int64_t multiply_adds = MultiplyAddsOf(model.network, picture);
  const InferenceNetwork network(model.network, form, model.meta.ranges);
  const torch::Tensor crops = torch::rand({faces, 1, size.height, size.width}) - 0.5;
  for (auto _ : state) {
    const torch::Tensor points = network.Forward(crops);
    benchmark::DoNotOptimize(points.data_ptr());
  }
  state.counters["GFLOP"] = OperationRate(static_cast<double>(multiply_adds * faces));
  state.SetItemsProcessed(state.iterations() * faces);
}

void NetworkInFloat32(benchmark::State& state, const std::string& name) {
  RunNetwork(state, LoadModel(ShippedModel(name)), {LayoutFor(torch::kCPU)});
}
BENCHMARK_CAPTURE(NetworkInFloat32, face68, "face68")->Apply(ForSomeFaces);
BENCHMARK_CAPTURE(NetworkInFloat32, face68_fast, "face68-fast")->Apply(ForSomeFaces);

void NetworkInFewerDigits(benchmark::State& state, const std::string& name) {
  const Model model = LoadModel(ShippedModel(name));
  const TensorForm form = FastestForm(torch::kCPU, !model.meta.ranges.empty());
  if (form.type == torch::kFloat32) {
    state.SkipWithError("float32 is the fastest on this processor");
    return;
  }
  state.SetLabel(form.type == torch::kBFloat16 ? "bfloat16" : "8-bit");
  RunNetwork(state, model, form);
}
BENCHMARK_CAPTURE(NetworkInFewerDigits, face68, "face68")->Apply(ForSomeFaces);
BENCHMARK_CAPTURE(NetworkInFewerDigits, face68_fast, "face68-fast")->Apply(ForSomeFaces);

// The last step of the network. face68 has maps of 32 cells per side, face68-fast of 16.
void DecodeScoreMaps(benchmark::State& state) {
  constexpr int kPoints = 68;
  PrepareTorchThread(kNetworkThreads);
  const c10::InferenceMode inference;
  const auto faces = state.range(0);
  const auto cells = state.range(1);
  const torch::Tensor maps = torch::randn({faces, 4 * kPoints, cells, cells});
  for (auto _ : state) {
    const torch::Tensor points = PointsFromScoreMaps(maps);
    benchmark::DoNotOptimize(points.data_ptr());
  }
  state.SetItemsProcessed(state.iterations() * faces);
}
BENCHMARK(DecodeScoreMaps)
    ->ArgNames({"faces", "cells"})
    ->ArgsProduct({{1, 4, 16}, {16, 32}})
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace nosetip

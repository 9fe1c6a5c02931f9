// The rate at which the processor multiplies matrices on one thread, an upper bound for networks:
// the product of two square matrices by LibTorch, which uses the BLAS library for float32, and as a
// 1x1 convolution by the networks' code. BLAS may start threads of its own, which
// OPENBLAS_NUM_THREADS=1 prevents; the processor time of all threads counts.
#include <benchmark/benchmark.h>
#include <torch/torch.h>

#include "bench/bench_inputs.h"
#include "tracker/model/cpu_tuning.h"
#include "tracker/model/device.h"
#include "tracker/model/folded_convolution.h"

namespace nosetip {
namespace {

constexpr int64_t kSide = 1536;
constexpr double kMultiplyAdds = static_cast<double>(kSide) * kSide * kSide;

// bfloat16 means little on a processor that does not compute in it.
bool SkipsType(benchmark::State& state, torch::ScalarType type) {
  if (type != torch::kBFloat16 || HasBfloat16Tiles()) return false;
  state.SkipWithError("this processor has no tiles for bfloat16");
  return true;
}

void MatrixProduct(benchmark::State& state, torch::ScalarType type) {
  if (SkipsType(state, type)) return;
  PrepareTorchThread(kNetworkThreads);
  const c10::InferenceMode inference;
  const torch::Tensor a = torch::rand({kSide, kSide}).to(type);
  const torch::Tensor b = torch::rand({kSide, kSide}).to(type);
  torch::Tensor product = torch::empty({kSide, kSide}, type);
  for (auto _ : state) {
    at::mm_out(product, a, b);
    benchmark::DoNotOptimize(product.data_ptr());
  }
  state.counters["GFLOP"] = OperationRate(kMultiplyAdds);
}
BENCHMARK_CAPTURE(MatrixProduct, float32, torch::kFloat32)
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(MatrixProduct, bfloat16, torch::kBFloat16)
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

// A picture of kSide pixels and as many channels.
void MatrixProductAsConvolution(benchmark::State& state, torch::ScalarType type) {
  constexpr int64_t kRows = 32;
  if (SkipsType(state, type)) return;
  PrepareTorchThread(kNetworkThreads);
  const c10::InferenceMode inference;
  const TensorForm form{LayoutFor(torch::kCPU), type};
  const torch::nn::Conv2d weights(torch::nn::Conv2dOptions(kSide, kSide, 1));
  const FoldedConvolution convolution(*weights, nullptr, form);
  const torch::Tensor picture =
      InLayout(torch::rand({1, kSide, kRows, kSide / kRows}).to(type), form.layout);
  for (auto _ : state) {
    const torch::Tensor product = convolution(picture);
    benchmark::DoNotOptimize(product.unsafeGetTensorImpl());
  }
  state.counters["GFLOP"] = OperationRate(kMultiplyAdds);
}
BENCHMARK_CAPTURE(MatrixProductAsConvolution, float32, torch::kFloat32)
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(MatrixProductAsConvolution, bfloat16, torch::kBFloat16)
    ->MeasureProcessCPUTime()
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace nosetip

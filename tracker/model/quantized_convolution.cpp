#include "tracker/model/quantized_convolution.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include "tracker/model/folded_convolution.h"

namespace nosetip {
namespace {

using torch::jit::Stack;

// LibTorch has no functions for these, only entries in its table of operators.
c10::OperatorHandle Operator(const char* name, const char* overload) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
}

template <typename... Arguments>
c10::IValue Call(const c10::OperatorHandle& handle, Arguments&&... arguments) {
  Stack stack;
  torch::jit::push(stack, std::forward<Arguments>(arguments)...);
  handle.callBoxed(&stack);
  return std::move(stack.front());
}

c10::List<int64_t> ListOf(const std::vector<int64_t>& numbers) {
  return c10::List<int64_t>(at::IntArrayRef(numbers));
}

std::vector<int64_t> PairFrom(torch::ExpandingArray<2> sizes) {
  return {sizes->begin(), sizes->end()};
}

}  // namespace

bool HasQuantizedConvolutions() {
  const auto& engines = at::globalContext().supportedQEngines();
  return std::ranges::find(engines, at::QEngine::ONEDNN) != engines.end();
}

Quantization::Quantization(ActivationRange range) {
  const float low = std::min(0.0F, range.low);
  const float high = std::max({0.0F, range.high, low + 1e-6F});
  scale = (high - low) / 255.0;
  zero_point = std::clamp<int64_t>(std::lround(-low / scale), 0, 255);
}

torch::Tensor Quantize(const torch::Tensor& x, Quantization quantization) {
  return at::quantize_per_tensor(x.contiguous(at::MemoryFormat::ChannelsLast), quantization.scale,
                                 quantization.zero_point, torch::kQUInt8);
}

QuantizedConvolution::QuantizedConvolution(const torch::nn::Conv2dImpl& convolution,
                                           const torch::nn::BatchNorm2dImpl* norm,
                                           ActivationRange output, bool relu)
    : output_(output), relu_(relu) {
  const torch::NoGradGuard no_grad;
  at::globalContext().setQEngine(at::QEngine::ONEDNN);
  const FoldedWeights folded = FoldNormalisation(convolution, norm);
  const torch::Tensor largest = folded.weight.abs().amax({1, 2, 3}).clamp_min(1e-8);
  const torch::Tensor weight = at::quantize_per_channel(
      folded.weight, (largest / 127.0).to(torch::kDouble),
      torch::zeros({folded.weight.size(0)}, torch::kInt64), /*axis=*/0, torch::kQInt8);
  static const c10::OperatorHandle prepack = Operator("quantized::conv2d_prepack", "");
  packed_ = Call(prepack, weight, c10::optional<torch::Tensor>(folded.bias.contiguous()),
                 ListOf(PairFrom(convolution.options.stride())), ListOf(PaddingOf(convolution)),
                 ListOf(PairFrom(convolution.options.dilation())), convolution.options.groups());
}

torch::Tensor QuantizedConvolution::operator()(const torch::Tensor& x) const {
  static const c10::OperatorHandle plain = Operator("quantized::conv2d", "new");
  static const c10::OperatorHandle with_relu = Operator("quantized::conv2d_relu", "new");
  return Call(relu_ ? with_relu : plain, x, packed_, output_.scale, output_.zero_point).toTensor();
}

torch::Tensor AddRelu(const torch::Tensor& a, const torch::Tensor& b, Quantization output) {
  static const c10::OperatorHandle add = Operator("quantized::add_relu", "");
  return Call(add, a, b, output.scale, output.zero_point).toTensor();
}

}  // namespace nosetip

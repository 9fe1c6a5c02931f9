#include "tracker/model/folded_convolution.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <mutex>
#include <utility>
#include <vector>

#include <ATen/core/dispatch/Dispatcher.h>
#include <ATen/core/stack.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::vector<int64_t> Pair(torch::ExpandingArray<2> sizes) { return {sizes->begin(), sizes->end()}; }

torch::Tensor FusedPlusRelu(const torch::Tensor& x, const torch::Tensor& weight,
                            const torch::Tensor& other, const torch::Tensor& bias) {
  return at::cudnn_convolution_add_relu(x, weight, other, 1.0, bias, {1, 1}, {1, 1}, {1, 1}, 1);
}

// Whether cuDNN can fuse convolutions with sum and ReLU here, with the result of the single steps.
// It throws where it has no kernel for a type on this GPU.
bool Fuses(const torch::TensorOptions& options) {
  constexpr int64_t kChannels = 64;
  constexpr int64_t kSide = 8;
  const auto numbers = [&](at::IntArrayRef sizes) {
    int64_t count = 1;
    for (const int64_t size : sizes) count *= size;
    const torch::Tensor waves = torch::arange(count, options.dtype(torch::kFloat32)).sin_();
    return waves.view(sizes).to(options.dtype(), false, false, at::MemoryFormat::ChannelsLast);
  };
  const torch::Tensor x = numbers({1, kChannels, kSide, kSide});
  const torch::Tensor weight = numbers({kChannels, kChannels, 3, 3}).mul_(0.05);
  const torch::Tensor other = numbers({1, kChannels, kSide, kSide}).add_(0.5);
  const torch::Tensor bias = torch::linspace(-1.0, 1.0, kChannels, options);
  try {
    const torch::Tensor fused = FusedPlusRelu(x, weight, other, bias);
    const torch::Tensor wanted = at::conv2d(x, weight, bias, 1, 1).add_(other).relu_();
    return torch::allclose(fused.to(torch::kFloat32), wanted.to(torch::kFloat32), 0.01, 0.01);
  } catch (const c10::Error&) {
    return false;
  }
}

// Only in half precision and for multiples of eight channels, which tensor cores need.
bool CanFuse(const torch::Tensor& weight) {
  if (!weight.is_cuda() || weight.scalar_type() != torch::kHalf) return false;
  if (weight.size(0) % 8 != 0 || weight.size(1) % 8 != 0) return false;
  static const bool fuses = Fuses(weight.options());
  return fuses;
}

// LibTorch has no C++ functions for quantized convolutions, only entries in its operator table.
c10::OperatorHandle Operator(const char* name, const char* overload) {
  return c10::Dispatcher::singleton().findSchemaOrThrow(name, overload);
}

template <typename... Arguments>
c10::IValue Call(const c10::OperatorHandle& handle, Arguments&&... arguments) {
  torch::jit::Stack stack;
  torch::jit::push(stack, std::forward<Arguments>(arguments)...);
  handle.callBoxed(&stack);
  return std::move(stack.front());
}

c10::List<int64_t> ListOf(const std::vector<int64_t>& numbers) {
  return c10::List<int64_t>(at::IntArrayRef(numbers));
}

}  // namespace

FoldedWeights FoldNormalization(const torch::nn::Conv2dImpl& convolution,
                                const torch::nn::BatchNorm2dImpl* norm) {
  const torch::NoGradGuard no_grad;
  const torch::Tensor weight = convolution.weight.detach();
  const torch::Tensor bias = convolution.bias.defined()
                                 ? convolution.bias.detach()
                                 : torch::zeros({weight.size(0)}, weight.options());
  if (norm == nullptr) return {weight, bias};
  const torch::Tensor scale =
      norm->weight.detach() / torch::sqrt(norm->running_var + norm->options.eps());
  return {weight * scale.view({-1, 1, 1, 1}),
          (bias - norm->running_mean) * scale + norm->bias.detach()};
}

std::vector<int64_t> PaddingOf(const torch::nn::Conv2dImpl& convolution) {
  // Unqualified: LibTorch has a variant of its own up to 1.13, and C++'s after that.
  const auto* sizes = get_if<torch::ExpandingArray<2>>(&convolution.options.padding());
  Check(sizes != nullptr && get_if<torch::enumtype::kZeros>(&convolution.options.padding_mode()),
        "a convolution whose padding is zeros and has a size");
  return Pair(*sizes);
}

torch::Tensor InLayout(const torch::Tensor& x, TensorLayout layout) {
  if (layout == TensorLayout::kOneDnn) return x.is_mkldnn() ? x : x.to_mkldnn();
  if (layout == TensorLayout::kChannelsLast) return x.contiguous(at::MemoryFormat::ChannelsLast);
  return x.is_mkldnn() ? x.to_dense() : x.contiguous();
}

ConvolutionShape ShapeOf(const torch::nn::Conv2dImpl& convolution) {
  return {Pair(convolution.options.stride()), PaddingOf(convolution),
          Pair(convolution.options.dilation()), convolution.options.groups()};
}

FoldedConvolution::FoldedConvolution(const torch::nn::Conv2dImpl& convolution,
                                     const torch::nn::BatchNorm2dImpl* norm, TensorForm form)
    : FoldedConvolution(FoldNormalization(convolution, norm), ShapeOf(convolution), form) {}

FoldedConvolution::FoldedConvolution(FoldedWeights weights, ConvolutionShape shape, TensorForm form)
    : shape_(std::move(shape)) {
  const torch::NoGradGuard no_grad;
  bias_ = weights.bias.defined() ? weights.bias.to(form.type) : torch::Tensor();
  weight_ = weights.weight.to(form.type);
  if (form.layout == TensorLayout::kOneDnn) {
    weight_ = at::mkldnn_reorder_conv2d_weight(weight_.to_mkldnn(), shape_.padding, shape_.stride,
                                               shape_.dilation, shape_.groups);
    bias_ = bias_.to_mkldnn();
    return;
  }
  weight_ = InLayout(weight_, form.layout);
  if (form.layout != TensorLayout::kChannelsLast || shape_.groups != 1) return;
  fused_ = CanFuse(weight_);
  is_product_ = weight_.size(2) == 1 && weight_.size(3) == 1 &&
                shape_.stride == std::vector<int64_t>{1, 1} &&
                shape_.padding == std::vector<int64_t>{0, 0} && bias_.defined();
}

torch::Tensor FoldedConvolution::operator()(const torch::Tensor& x) const {
  if (weight_.is_mkldnn()) {
    return at::mkldnn_convolution(InLayout(x, TensorLayout::kOneDnn), weight_, bias_,
                                  shape_.padding, shape_.stride, shape_.dilation, shape_.groups);
  }
  if (is_product_) {
    // A GPU adds the bias within the product, and in a step of its own after a convolution.
    const torch::Tensor pixels = x.permute({0, 2, 3, 1});
    const torch::Tensor product = at::addmm(bias_, pixels.reshape({-1, pixels.size(3)}),
                                            weight_.reshape({weight_.size(0), -1}).t());
    return product.view({pixels.size(0), pixels.size(1), pixels.size(2), -1}).permute({0, 3, 1, 2});
  }
  return at::conv2d(x, weight_, bias_, shape_.stride, shape_.padding, shape_.dilation,
                    shape_.groups);
}

torch::Tensor FoldedConvolution::Relu(const torch::Tensor& x) const {
  if (fused_) {
    try {
      return at::cudnn_convolution_relu(x, weight_, bias_, shape_.stride, shape_.padding,
                                        shape_.dilation, shape_.groups);
    } catch (const c10::Error&) {
      fused_ = false;
    }
  }
  return (*this)(x).relu_();
}

torch::Tensor FoldedConvolution::PlusRelu(const torch::Tensor& x,
                                          const torch::Tensor& other) const {
  if (fused_) {
    try {
      return at::cudnn_convolution_add_relu(x, weight_, other, 1.0, bias_, shape_.stride,
                                            shape_.padding, shape_.dilation, shape_.groups);
    } catch (const c10::Error&) {
      fused_ = false;
    }
  }
  return (*this)(x).add_(other).relu_();
}

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

// LibTorch prepares the kernel for the number of threads of its first call. With another number it
// rearranges the weights in each call, which oneDNN cannot do for some small pictures. So they are
// packed once for each number of threads.
struct QuantizedConvolution::Kernels {
  std::function<c10::IValue()> pack;
  std::mutex mutex;
  std::map<int, c10::IValue> packed;  // by the number of threads

  c10::IValue ForThisThread() {
    const std::lock_guard lock(mutex);
    c10::IValue& found = packed[at::get_num_threads()];
    if (found.isNone()) found = pack();
    return found;
  }
};

QuantizedConvolution::QuantizedConvolution(const torch::nn::Conv2dImpl& convolution,
                                           const torch::nn::BatchNorm2dImpl* norm,
                                           ActivationRange output, bool relu)
    : kernels_(std::make_shared<Kernels>()), output_(output), relu_(relu) {
  const torch::NoGradGuard no_grad;
  at::globalContext().setQEngine(at::QEngine::ONEDNN);
  const FoldedWeights folded = FoldNormalization(convolution, norm);
  const torch::Tensor largest = folded.weight.abs().amax({1, 2, 3}).clamp_min(1e-8);
  const torch::Tensor weight = at::quantize_per_channel(
      folded.weight, (largest / 127.0).to(torch::kDouble),
      torch::zeros({folded.weight.size(0)}, torch::kInt64), /*axis=*/0, torch::kQInt8);
  kernels_->pack = [weight, bias = folded.bias.contiguous(),
                    stride = ListOf(Pair(convolution.options.stride())),
                    padding = ListOf(PaddingOf(convolution)),
                    dilation = ListOf(Pair(convolution.options.dilation())),
                    groups = convolution.options.groups()] {
    static const c10::OperatorHandle prepack = Operator("quantized::conv2d_prepack", "");
    return Call(prepack, weight, c10::optional<torch::Tensor>(bias), stride, padding, dilation,
                groups);
  };
}

torch::Tensor QuantizedConvolution::operator()(const torch::Tensor& x) const {
  static const c10::OperatorHandle plain = Operator("quantized::conv2d", "new");
  static const c10::OperatorHandle with_relu = Operator("quantized::conv2d_relu", "new");
  return Call(relu_ ? with_relu : plain, x, kernels_->ForThisThread(), output_.scale,
              output_.zero_point)
      .toTensor();
}

torch::Tensor AddRelu(const torch::Tensor& a, const torch::Tensor& b, Quantization output) {
  static const c10::OperatorHandle add = Operator("quantized::add_relu", "");
  return Call(add, a, b, output.scale, output.zero_point).toTensor();
}

}  // namespace nosetip

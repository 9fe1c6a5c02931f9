#include "tracker/model/folded_convolution.h"

#include "tracker/core/error.h"

namespace nosetip {
namespace {

std::vector<int64_t> Pair(torch::ExpandingArray<2> sizes) { return {sizes->begin(), sizes->end()}; }

}  // namespace

FoldedWeights FoldNormalisation(const torch::nn::Conv2dImpl& convolution,
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

FoldedConvolution::FoldedConvolution(const torch::nn::Conv2dImpl& convolution,
                                     const torch::nn::BatchNorm2dImpl* norm, TensorForm form)
    : stride_(Pair(convolution.options.stride())),
      padding_(PaddingOf(convolution)),
      dilation_(Pair(convolution.options.dilation())),
      groups_(convolution.options.groups()) {
  const torch::NoGradGuard no_grad;
  const FoldedWeights folded = FoldNormalisation(convolution, norm);
  bias_ = folded.bias.to(form.type);
  weight_ = folded.weight.to(form.type);
  if (form.layout != TensorLayout::kOneDnn) {
    weight_ = InLayout(weight_, form.layout);
    return;
  }
  weight_ =
      at::mkldnn_reorder_conv2d_weight(weight_.to_mkldnn(), padding_, stride_, dilation_, groups_);
  bias_ = bias_.to_mkldnn();
}

torch::Tensor FoldedConvolution::operator()(const torch::Tensor& x) const {
  if (!weight_.is_mkldnn()) {
    return at::conv2d(x, weight_, bias_, stride_, padding_, dilation_, groups_);
  }
  return at::mkldnn_convolution(InLayout(x, TensorLayout::kOneDnn), weight_, bias_, padding_,
                                stride_, dilation_, groups_);
}

}  // namespace nosetip

// A convolution with the batch normalisation after it. Includes LibTorch.
#pragma once

#include <vector>

#include <torch/torch.h>

#include "tracker/model/inference_network.h"

namespace nosetip {

struct FoldedWeights {
  torch::Tensor weight;  // [out, in, height, width] float32
  torch::Tensor bias;    // [out]
};

// `norm` is null where there is none.
FoldedWeights FoldNormalisation(const torch::nn::Conv2dImpl& convolution,
                                const torch::nn::BatchNorm2dImpl* norm);

// Height and width. Throws std::logic_error for padding other than zeros.
std::vector<int64_t> PaddingOf(const torch::nn::Conv2dImpl& convolution);

// Height and width of each.
struct ConvolutionShape {
  std::vector<int64_t> stride;
  std::vector<int64_t> padding;
  std::vector<int64_t> dilation;
  int64_t groups = 1;
};

// Throws as PaddingOf.
ConvolutionShape ShapeOf(const torch::nn::Conv2dImpl& convolution);

// In evaluation mode batch normalisation is a scale and a shift of each channel, which the
// convolution's own weights and bias can hold.
class FoldedConvolution {
 public:
  // `norm` is null where there is none; it is folded before the weights become numbers of the
  // form's type. Throws std::logic_error for padding other than zeros.
  FoldedConvolution(const torch::nn::Conv2dImpl& convolution,
                    const torch::nn::BatchNorm2dImpl* norm, TensorForm form);
  // An undefined bias is none; not in oneDNN's layout.
  FoldedConvolution(FoldedWeights weights, ConvolutionShape shape, TensorForm form);

  // The answer is in the layout and nobody else's, so it may be changed in place.
  torch::Tensor operator()(const torch::Tensor& x) const;
  // Whether the two below take one step of a GPU's instead of two or three.
  bool FusesRelu() const { return fused_; }
  // The same and ReLU.
  torch::Tensor Relu(const torch::Tensor& x) const;
  // The same plus `other`, and ReLU.
  torch::Tensor PlusRelu(const torch::Tensor& x, const torch::Tensor& other) const;

 private:
  torch::Tensor weight_;
  torch::Tensor bias_;
  ConvolutionShape shape_;
  bool is_product_ = false;  // of matrices: 1x1, channels last
  // With what follows, by cuDNN; given up where it turns out to have no kernel for these sizes.
  mutable bool fused_ = false;
};

// The tensor itself where it is already so, else a copy.
torch::Tensor InLayout(const torch::Tensor& x, TensorLayout layout);
inline torch::Tensor Plain(const torch::Tensor& x) { return InLayout(x, TensorLayout::kPlain); }

}  // namespace nosetip

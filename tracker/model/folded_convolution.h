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

// In evaluation mode batch normalisation is a scale and a shift of each channel, which the
// convolution's own weights and bias can hold.
class FoldedConvolution {
 public:
  // `norm` is null where there is none; it is folded before the weights become numbers of the
  // form's type. Throws std::logic_error for padding other than zeros.
  FoldedConvolution(const torch::nn::Conv2dImpl& convolution,
                    const torch::nn::BatchNorm2dImpl* norm, TensorForm form);

  // The answer is in the layout and nobody else's, so it may be changed in place.
  torch::Tensor operator()(const torch::Tensor& x) const;

 private:
  torch::Tensor weight_;
  torch::Tensor bias_;
  std::vector<int64_t> stride_;
  std::vector<int64_t> padding_;
  std::vector<int64_t> dilation_;
  int64_t groups_;
};

// The tensor itself where it is already so, else a copy.
torch::Tensor InLayout(const torch::Tensor& x, TensorLayout layout);
inline torch::Tensor Plain(const torch::Tensor& x) { return InLayout(x, TensorLayout::kPlain); }

}  // namespace nosetip

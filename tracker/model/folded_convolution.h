// Convolutions with the batch normalization after them, in floats and in 8 bits. Includes LibTorch.
#pragma once

#include <memory>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/inference_network.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {

struct FoldedWeights {
  torch::Tensor weight;  // [out, in, height, width] float32
  torch::Tensor bias;    // [out]
};

// `norm` is null where there is none.
FoldedWeights FoldNormalization(const torch::nn::Conv2dImpl& convolution,
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

// In evaluation mode batch normalization is a scale and a shift of each channel, which the
// convolution's own weights and bias can hold.
class FoldedConvolution {
 public:
  // `norm` is null where there is none; it is folded before the weights are converted to the form's
  // type. Throws std::logic_error for padding other than zeros.
  FoldedConvolution(const torch::nn::Conv2dImpl& convolution,
                    const torch::nn::BatchNorm2dImpl* norm, TensorForm form);
  // The bias may be undefined (none), except in oneDNN's layout.
  FoldedConvolution(FoldedWeights weights, ConvolutionShape shape, TensorForm form);

  // The answer has the form's layout and no other owner, so it may be changed in place.
  torch::Tensor operator()(const torch::Tensor& x) const;
  // Whether a GPU does each of the two below in one step instead of two or three.
  bool FusesRelu() const { return fused_; }
  // The same and ReLU.
  torch::Tensor Relu(const torch::Tensor& x) const;
  // The same plus `other`, and ReLU.
  torch::Tensor PlusRelu(const torch::Tensor& x, const torch::Tensor& other) const;

 private:
  torch::Tensor weight_;
  torch::Tensor bias_;
  ConvolutionShape shape_;
  bool is_product_ = false;  // computed as a matrix product: 1x1, channels last
  // By cuDNN; reset where it turns out to have no kernel for these sizes.
  mutable bool fused_ = false;
};

// The tensor itself where it is already so, else a copy.
torch::Tensor InLayout(const torch::Tensor& x, TensorLayout layout);
inline torch::Tensor Plain(const torch::Tensor& x) { return InLayout(x, TensorLayout::kPlain); }

// Whether this LibTorch has oneDNN's 8-bit convolutions.
bool HasQuantizedConvolutions();

// A float32 number is scale * (integer - zero_point), with integers from 0 to 255. Zero is exact,
// as the padding of convolutions needs it.
struct Quantization {
  explicit Quantization(ActivationRange range);
  double scale;
  int64_t zero_point;
};

// [N, C, H, W] float32 to quint8, channels last.
torch::Tensor Quantize(const torch::Tensor& x, Quantization quantization);

// A convolution with the batch normalization after it (null: none) and, where `relu`, a ReLU. Its
// weights are integers from -127 to 127 with a scale for each channel of its output.
class QuantizedConvolution {
 public:
  QuantizedConvolution(const torch::nn::Conv2dImpl& convolution,
                       const torch::nn::BatchNorm2dImpl* norm, ActivationRange output, bool relu);

  // quint8 to quint8, channels last. The first call of a shape prepares the kernel. Several threads
  // may call at once.
  torch::Tensor operator()(const torch::Tensor& x) const;

 private:
  struct Kernels;

  std::shared_ptr<Kernels> kernels_;
  Quantization output_;
  bool relu_;
};

// relu(a + b), both quint8 of one shape.
torch::Tensor AddRelu(const torch::Tensor& a, const torch::Tensor& b, Quantization output);

}  // namespace nosetip

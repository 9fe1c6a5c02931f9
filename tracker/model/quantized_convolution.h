// Convolutions of 8-bit integers. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/model/activation_ranges.h"

namespace nosetip {

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

// A convolution with the batch normalisation after it (null: none) and, where `relu`, a ReLU. Its
// weights are integers from -127 to 127 with a scale for each channel of its output.
class QuantizedConvolution {
 public:
  QuantizedConvolution(const torch::nn::Conv2dImpl& convolution,
                       const torch::nn::BatchNorm2dImpl* norm, ActivationRange output, bool relu);

  // quint8 to quint8, channels last. The first call prepares the kernel for its shape, so that
  // further ones of that shape are fast.
  torch::Tensor operator()(const torch::Tensor& x) const;

 private:
  c10::IValue packed_;
  Quantization output_;
  bool relu_;
};

// relu(a + b), both quint8 of one shape.
torch::Tensor AddRelu(const torch::Tensor& a, const torch::Tensor& b, Quantization output);

}  // namespace nosetip

// Steps of a network with channels last, in forms that a GPU computes in few passes over its
// memory. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/model/folded_convolution.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {

// The 5x5 convolution of stride 2 with which the networks with score maps begin. Tensor cores need
// multiples of eight channels, but a gray picture has one. So each 2x2 pixels become four channels,
// with four of zeros, and the convolution becomes one of 3x3 and stride 1 over these.
class StemConvolution {
 public:
  static bool Fits(const torch::nn::Conv2dImpl& convolution);
  StemConvolution(const torch::nn::Conv2dImpl& convolution, const torch::nn::BatchNorm2dImpl* norm,
                  TensorForm form);

  // [N, 1, H, W], both sides even, to ReLU of the convolution: [N, out, H / 2, W / 2].
  torch::Tensor Relu(const torch::Tensor& pictures) const;

 private:
  FoldedConvolution blocks_;
};

// Adds to each pixel of `fine`, [N, C, H, W], the pixel of `coarse`, [N, C, H / k, W / k], that
// covers it.
void AddRepeated(torch::Tensor& fine, const torch::Tensor& coarse);

// The last convolution of a ScoreMapHead and what follows. The maps are computed as matrices of
// [points, cells], and their bias is added at the end: it changes neither a softmax nor, but for
// itself, a mean.
class ScoreMapTail {
 public:
  ScoreMapTail(const torch::nn::Conv2dImpl& maps, torch::ScalarType type);

  // From the input of the maps, [N, in, H, W], to the head's answer.
  torch::Tensor operator()(const torch::Tensor& x, const ScoreMapGrid& grid) const;

 private:
  torch::Tensor weight_;  // [1, 4 * points, in]
  torch::Tensor bias_;    // [3, points] float32: as in PointsFromScoreMaps
};

}  // namespace nosetip

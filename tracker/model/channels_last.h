// Steps of a network whose channels lie last, in forms in which a GPU does them in few passes over
// its memory. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/model/folded_convolution.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {

// The 5x5 convolution of stride 2 with which the networks with score maps begin. Tensor cores want
// channels by eight, where a gray picture has one. So each 2x2 pixels become four channels, with
// four of zeros, and the convolution one of 3x3 and stride 1 over these.
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

// Adds to each pixel of `fine`, [N, C, H, W], that of `coarse` which covers it, [N, C, H / k, W /
// k].
void AddRepeated(torch::Tensor& fine, const torch::Tensor& coarse);

// The last convolution of a ScoreMapHead and what follows. The maps come out as matrices of
// [points, cells], and their bias is left to the end: a softmax does not see it, and it passes
// through a mean.
class ScoreMapTail {
 public:
  ScoreMapTail(const torch::nn::Conv2dImpl& maps, torch::ScalarType type);

  // From what goes into the maps, [N, in, H, W], to the head's answer.
  torch::Tensor operator()(const torch::Tensor& x, const ScoreMapGrid& grid) const;

 private:
  torch::Tensor weight_;  // [1, 4 * points, in]
  torch::Tensor bias_;    // [3, points] float32: of what PointsFromScoreMaps gives, but for units
};

}  // namespace nosetip

// Batches of eyes and what the eye network is judged by. Includes LibTorch.
#pragma once

#include <span>

#include <torch/torch.h>

#include "training/eyes/eye_samples.h"

namespace nosetip {

struct EyeBatch {
  torch::Tensor pictures;  // [B, 1, 48, 64] float32, -0.5 ... 0.5
  torch::Tensor points;    // [B, 6, 2] float32 in units of the crop
};

// [6, 2], from pixels to units of the crop.
torch::Tensor UnitsOf(const PointsOfEye& points);

// The views on the device, lit, blurred, noisy and covered at random. Draws from the CPU's default
// generator.
EyeBatch BatchOf(std::span<const EyeView> views, const torch::Device& device);

// Mean errors of points, in pixels of the crop, and of openness in tenths, both squared where they
// are small: `answers` and `points` are [B, 6, 2] in units of the crop.
torch::Tensor EyeLoss(const torch::Tensor& answers, const torch::Tensor& points,
                      double openness_weight);

}  // namespace nosetip

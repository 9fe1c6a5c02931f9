// Smooth bends of training crops, which make new shapes of faces from those that there are.
// Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/geometry.h"

namespace nosetip {

// A shift of each place of a crop, a random sum of cosines across and down it, coarse ones larger
// than fine ones; one a crop. Places and shifts are in units of the crop.
class SmoothWarps {
 public:
  // `deviation` is the standard deviation of a place's shift in x and in y. Draws from the default
  // generator of the device of `on_device`, the options of the tensors.
  SmoothWarps(float deviation, int64_t count, const torch::TensorOptions& on_device);

  // The shifts of the pixels' centres of crops of `size_px`: [count, H, W, 2].
  torch::Tensor AtPixels(SizePx size_px) const;
  // The shifts of `places`, [count, K, 2]: [count, K, 2].
  torch::Tensor At(const torch::Tensor& places) const;
  // The places that are shifted to `places`.
  torch::Tensor Origins(const torch::Tensor& places) const;

 private:
  torch::Tensor amplitudes_;  // [count, 2, orders down, orders across]
};

}  // namespace nosetip

// Crops cut by tensor operations, on whatever device the tensors are. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/geometry.h"

namespace nosetip {

// The tables of CropTaps for N crops: [N, 2 * samples, height + width] each, rows first.
struct CropTables {
  torch::Tensor places;   // int32
  torch::Tensor weights;  // float32
};

// What CutGrayCrop gives, to about 1e-6: [N, 1, height, width] float32, -0.5 (black) to 0.5
// (white). `pixels` is [P, 3] uint8, RGB, that the places point into. All shapes follow from those
// of the arguments, and nothing waits for the device, so a GPU can record it.
torch::Tensor CutGrayCrops(const torch::Tensor& pixels, const CropTables& tables, SizePx size_px);

}  // namespace nosetip

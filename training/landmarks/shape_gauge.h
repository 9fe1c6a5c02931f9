// Of the many means and modes that describe the same faces, one. Includes LibTorch.
#pragma once

#include <array>

#include <torch/torch.h>

#include "tracker/core/face_shape.h"

namespace nosetip {

struct ShapeTensors {
  torch::Tensor mean_mm;   // [68, 3], float64
  torch::Tensor modes_mm;  // [68, 3, modes]
};

// The origin between the outer eye corners, these 89 mm apart; symmetric; without modes that turn,
// shift or scale the eyes' corners and the nose; modes that are uncorrelated, the largest first.
FaceShape InGauge(ShapeTensors shape, const std::array<double, kShapePoints>& noise_mm);

torch::Tensor MeanTensor(const FaceShape& shape);

// For each mode 1 where it is symmetric, -1 where it is the negative of its mirror image.
std::array<int, kShapeModes> SignsOf(const FaceShape& shape);

}  // namespace nosetip

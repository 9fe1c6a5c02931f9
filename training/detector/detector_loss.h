// How far a detector's outputs are from a scene's faces. Includes LibTorch.
#pragma once

#include <span>
#include <vector>

#include <torch/torch.h>

#include "training/detector/cell_assignment.h"

namespace nosetip {

struct DetectorLoss {
  torch::Tensor total;  // scalar: cls + obj + 5 box + 0.5 points, as YuNet weighs them, + taught
  // Parts, each a mean over the cells that are assigned to a face, detached; that of the points
  // over those whose face has points.
  torch::Tensor cls;
  torch::Tensor obj;
  torch::Tensor box;
  torch::Tensor points;
  torch::Tensor taught;  // distance from the teacher's answers; 0 where there are none
};

// `outputs` [N, A, 16] float32 for N scenes of one size, whose cells are `cells` (A). Cells are
// assigned by the outputs themselves (see AssignCells). cls: binary cross entropy against the
// overlap; obj: binary cross entropy of every cell that counts; box: EIoU (Zhang et al. 2021);
// points: smooth L1, in strides. taught: the same of cls, obj and box against the teacher's
// answers, for scenes that all have some.
DetectorLoss LossOfScenes(const torch::Tensor& outputs, std::span<const Scene> scenes,
                          std::span<const Cell> cells);

}  // namespace nosetip

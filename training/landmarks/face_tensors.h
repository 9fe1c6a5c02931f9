// From packs to tensors on the training device. Includes LibTorch.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "training/landmarks/augment.h"
#include "training/data/held_out.h"
#include "training/data/pack.h"

namespace nosetip {

// The chosen faces of a pack on a device.
FaceTensors TensorsFromPack(const FacePack& pack, std::span<const size_t> faces,
                            const torch::Device& device);

// Which faces of a pack count in validation, and which are trained on: the same ones where none is
// held out.
struct PackSplit {
  std::vector<size_t> train;
  std::vector<size_t> validation;
};
PackSplit SplitPack(const FacePack& pack, const HoldOut& hold_out);

// One error a face in percent of the outer-eye distance, for points in units of the same crop of
// `size_px`, [N, K, 2] on the CPU. The schema must have eye corners.
std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema, SizePx size_px);

}  // namespace nosetip

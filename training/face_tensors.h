// From packs to tensors on the training device. Includes LibTorch.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "training/augment.h"
#include "training/pack.h"

namespace nosetip {

// The chosen faces of a pack on a device.
FaceTensors TensorsFromPack(const FacePack& pack, std::span<const size_t> faces,
                            const torch::Device& device);

// Which faces of a pack are held out (see IsHeldOut), which of them count in validation, and which
// are trained on. `validation_parts` is a comma-separated list; empty takes all parts.
struct PackSplit {
  std::vector<size_t> train;
  std::vector<size_t> validation;
};
PackSplit SplitPack(const FacePack& pack, int validation_percent,
                    const std::string& validation_parts);

// One error a face in percent of the outer-eye distance, for points in units of the same crop,
// [N, K, 2] on the CPU.
std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema);

}  // namespace nosetip

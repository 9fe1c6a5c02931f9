// Packed faces as tensors on the training device. Includes LibTorch.
#pragma once

#include <span>

#include <torch/torch.h>

#include "training/data/pack.h"

namespace nosetip {

struct FaceTensors {
  torch::Tensor images;  // [N, 1, P, P] uint8
  torch::Tensor points;  // [N, K, 2] float32 in units of the pack's square
  torch::Tensor boxes;   // [N, 2] float32, width and height over the longer side
  torch::Tensor pixels;  // [N] float32, size of a picture's pixel in units of the pack's square
  float extent = 0.0F;   // the square's side over the longer side of the face's box

  int64_t Count() const { return images.size(0); }
};

// The chosen faces of a pack on a device.
FaceTensors TensorsFromPack(const FacePack& pack, std::span<const size_t> faces,
                            const torch::Device& device);

}  // namespace nosetip

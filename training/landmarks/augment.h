// Random views of packed faces, in batches, on the training device. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/landmark_schema.h"
#include "training/landmarks/augment_options.h"

namespace nosetip {

// Packed faces on the training device.
struct FaceTensors {
  torch::Tensor images;  // [N, 1, P, P] uint8
  torch::Tensor points;  // [N, K, 2] float32 in units of the pack's square
  torch::Tensor boxes;   // [N, 2] float32, width and height over the longer side
  torch::Tensor pixels;  // [N] float32, a pixel of the picture in units of the pack's square
  float extent = 0.0F;   // the square's side over the longer side of the face's box

  int64_t Count() const { return images.size(0); }
};

struct Batch {
  torch::Tensor images;   // [B, 1, H, W] float32, -0.5 ... 0.5
  torch::Tensor targets;  // [B, K, 2] float32 in units of the crop
};

// What a network sees of the faces `indices` ([B] int64 on the faces' device). Draws from the
// device's default generator; the same seed gives the same batch.
Batch MakeBatch(const FaceTensors& faces, const torch::Tensor& indices,
                const LandmarkSchema& schema, const ViewSpec& view, const AugmentOptions& options);

// The targets of all faces without augmentation: [N, K, 2].
torch::Tensor PlainTargets(const FaceTensors& faces, const ViewSpec& view);

}  // namespace nosetip

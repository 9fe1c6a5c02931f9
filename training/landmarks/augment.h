// Random views of packed faces, in batches on the training device: crops that are turned, shifted,
// bent, lit, blurred and covered. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"
#include "training/landmarks/augment_options.h"
#include "training/landmarks/face_tensors.h"

namespace nosetip {

struct Batch {
  torch::Tensor images;   // [B, 1, H, W] float32, -0.5 ... 0.5
  torch::Tensor targets;  // [B, K, 2] float32 in units of the crop
};

// What a network sees of the faces `indices` ([B] int64 on the faces' device). Draws from the
// device's default generator: the same seed gives the same batch.
Batch MakeBatch(const FaceTensors& faces, const torch::Tensor& indices,
                const LandmarkSchema& schema, const ViewSpec& view, const AugmentOptions& options);

// The targets of all faces without augmentation: [N, K, 2].
torch::Tensor PlainTargets(const FaceTensors& faces, const ViewSpec& view);

// Smooth bends of crops, one per crop, which make new shapes of faces: each place is shifted by a
// random sum of cosines across and down the crop, coarse ones larger than fine ones. Places and
// shifts are in units of the crop.
class SmoothWarps {
 public:
  // `deviation` is the standard deviation of a place's shift in x and in y. Draws from the default
  // generator of the device of `on_device`, the options of the tensors.
  SmoothWarps(float deviation, int64_t count, const torch::TensorOptions& on_device);

  // The shifts of the pixels' centers of crops of `size_px`: [count, H, W, 2].
  torch::Tensor AtPixels(SizePx size_px) const;
  // The shifts of `places`, [count, K, 2]: [count, K, 2].
  torch::Tensor At(const torch::Tensor& places) const;
  // The places that are shifted to `places`.
  torch::Tensor Origins(const torch::Tensor& places) const;

 private:
  torch::Tensor amplitudes_;  // [count, 2, orders down, orders across]
};

}  // namespace nosetip

// A second, small network that looks at each eye alone, at the picture's full resolution, and
// corrects the points of its corners and lids (as Grishchenko et al., "Attention Mesh", 2020, do).
// It is part of a model's file (docs/formats.md, "Tensor files"). Includes LibTorch.
#pragma once

#include <span>

#include <torch/torch.h>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/model/inference_network.h"
#include "tracker/model/networks.h"

namespace nosetip {

inline constexpr const char* kEyeArchitecture = "eye";

// Input: crops of eye_crop.h; output: the six points of PointsOfEye.
NetworkSpec EyeNetworkSpec();

// One thread at a time; copies share the weights.
class EyeRefiner {
 public:
  // The network is one of EyeNetworkSpec in evaluation mode, on the CPU; it moves to `device`.
  EyeRefiner(torch::nn::Sequential network, const torch::Device& device);

  // Moves the points of the eyes of faces with the points of ibug68, all eyes in one batch. Faces
  // whose points are too close together stay as they are.
  void Refine(const Image& image, std::span<Landmarks> faces) const;

 private:
  torch::Device device_;
  InferenceNetwork network_;
};

}  // namespace nosetip

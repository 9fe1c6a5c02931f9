// The networks, built from a description. Includes LibTorch.
#pragma once

#include <string>

#include <torch/torch.h>

namespace nosetip {

inline constexpr const char* kFaceDetectorArchitecture = "face_detector";

struct NetworkSpec {
  std::string architecture = "resnet18";
  int channels = 1;         // 1: grey
  int input_size_px = 224;  // the side of the square input
  int points = 68;
};

// Input [N, channels, S, S] float32, -0.5 ... 0.5; output [N, points, 2], x and y in units of the
// crop (see tracker/core/crop.h). Weights are initialised from the default generator.
//
// "resnet18": ResNet18 (He et al., CVPR 2016) whose first layer is a 5x5 convolution of 64 channels
// with stride 2, and whose last layer gives points x 2 numbers. Any S works, best the trained one.
// "face_detector": the network of detector_network.h, whose input and output are described there;
// `channels` must be 3, the other members do not matter to it.
//
// Throws Error for an architecture that it does not know, by name.
torch::nn::Sequential BuildNetwork(const NetworkSpec& spec);

// Sets the last layer's bias, so that a fresh network answers with the mean face: [points, 2].
void SetOutputBias(torch::nn::Sequential& network, const torch::Tensor& mean_points);

}  // namespace nosetip

// The networks, built from a description. Includes LibTorch.
#pragma once

#include <string>
#include <string_view>

#include <torch/torch.h>

#include "tracker/core/geometry.h"

namespace nosetip {

// The weights of a network that was just built: random, from the default generator, or undefined,
// as those of a file will replace them. Drawing those of face68 takes 0.1 s.
enum class Weights { kDrawn, kToBeRead };

// Supports padding by size and with zeros only.
torch::nn::Conv2d Convolution(const torch::nn::Conv2dOptions& options, Weights weights);

inline constexpr const char* kFaceDetectorArchitecture = "face_detector";
inline constexpr const char* kScoreMapArchitecture = "resnet18_maps";
inline constexpr const char* kHalfScoreMapArchitecture = "resnet18_half_maps";

struct NetworkSpec {
  std::string architecture = "resnet18";
  int channels = 1;  // 1: gray
  SizePx input_px = SizePx::Square(224);
  int points = 68;
};

// Input [N, channels, H, W] float32, -0.5 ... 0.5; output [N, points, 2], x and y in units of the
// crop (see tracker/core/crop.h), or [N, points, 3] for networks that also give the expected error
// of each point.
//
// "resnet18": ResNet18 (He et al., CVPR 2016) whose first layer is a 5x5 convolution of 64 channels
// with stride 2, and whose last layer gives points x 2 numbers. Runs at any input size, best at the
// trained one.
// "resnet18_maps": its first layer and first two stages, then the head of score_map_head.h with the
// other two stages and three numbers per point. Sides of the input are multiples of 32 px.
// "resnet18_half_maps": the same with half the channels in each layer, a quarter of the work.
// "conv3", "conv5": 3 convolutions of 20, 16, 12 channels or 5 of 20, 16, 14, 13, 12, the first
// 5x5, the others 3x3, each followed by ReLU and 2x2 maximum pooling; a fully connected layer of
// 120 and one of points x 2. "conv3_bn", "conv5_bn": the same with batch normalization after each
// convolution. They run at the input size that they were built for, 16 or 64 px a side at least.
// "eye": 5 convolutions of 24, 48, 48, 96, 96 channels with batch normalization and ReLU, the first
// 5x5, the others 3x3, the first, second and fourth with stride 2; a fully connected layer of 128
// and one of points x 2.
// "face_detector": the network of detector_network.h, whose input and output are described there;
// `channels` must be 3, the other members do not matter to it.
//
// Throws Error for an unknown architecture, by name, and for an input that is too small. With
// kToBeRead the weights of ResNet18's convolutions and of the head, nearly all, are not drawn.
torch::nn::Sequential BuildNetwork(const NetworkSpec& spec, Weights weights = Weights::kDrawn);

// Whether it is one of those with score maps.
bool HasScoreMaps(std::string_view architecture);

// Sets the last layer's bias, so that a fresh network answers with the mean face: [points, 2].
// Networks with score maps have no such bias and stay as they are.
void SetOutputBias(torch::nn::Sequential& network, const torch::Tensor& mean_points);

// Scales the expected errors of the network's answers by a factor from 0.1 to 10; does nothing for
// a network without them.
void ScaleExpectedErrors(torch::nn::Sequential& network, double factor);

// Copies the layers that a resnet18_maps shares with a resnet18 (the first layer and all stages).
void StartFromResNet18(const torch::nn::Sequential& from, torch::nn::Sequential& network);

// The building block of ResNet18. Two 3x3 convolutions with a shortcut (He et al. 2016, figure 2):
// relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)).
class BasicBlockImpl : public torch::nn::Module {
 public:
  BasicBlockImpl(int in, int out, int stride, Weights weights = Weights::kDrawn);
  torch::Tensor forward(const torch::Tensor& x);

  torch::nn::Conv2d conv1;
  torch::nn::BatchNorm2d bn1;
  torch::nn::Conv2d conv2;
  torch::nn::BatchNorm2d bn2;
  torch::nn::Sequential shortcut{nullptr};  // empty where x is added as it is
};
TORCH_MODULE(BasicBlock);

}  // namespace nosetip

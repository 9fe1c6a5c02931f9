#include "tracker/model/detector_network.h"

#include <fmt/core.h>

namespace nosetip {
namespace {

namespace nn = torch::nn;

void AddConvolution(nn::Sequential& layers, int in, int out, int size, int stride, int groups = 1) {
  layers->push_back(nn::Conv2d(nn::Conv2dOptions(in, out, size)
                                   .stride(stride)
                                   .padding(size / 2)
                                   .groups(groups)
                                   .bias(false)));
  layers->push_back(nn::BatchNorm2d(out));
  layers->push_back(nn::ReLU());
}

// A depthwise and a pointwise convolution, in this order: the expensive one then works on the grid
// that the stride has made smaller.
void AddSeparable(nn::Sequential& layers, int in, int out, int stride) {
  AddConvolution(layers, in, in, 3, stride, in);
  AddConvolution(layers, in, out, 1, 1);
}

}  // namespace

DetectorNetworkImpl::DetectorNetworkImpl() {
  constexpr int kNeck = 64;
  constexpr std::array<int, 3> kFeatures = {64, 96, 128};
  AddConvolution(stage[0], 3, 16, 3, 2);
  AddSeparable(stage[0], 16, 32, 2);
  AddSeparable(stage[0], 32, kFeatures[0], 2);
  AddSeparable(stage[0], kFeatures[0], kFeatures[0], 1);
  AddSeparable(stage[0], kFeatures[0], kFeatures[0], 1);
  for (size_t i = 1; i < stage.size(); ++i) {
    AddSeparable(stage[i], kFeatures[i - 1], kFeatures[i], 2);
    for (int k = 0; k < 3; ++k) AddSeparable(stage[i], kFeatures[i], kFeatures[i], 1);
  }
  for (size_t i = 0; i < head.size(); ++i) {
    AddConvolution(lateral[i], kFeatures[i], kNeck, 1, 1);
    for (int k = 0; k < 2; ++k) AddSeparable(head[i], kNeck, kNeck, 1);
    nn::Conv2d last(nn::Conv2dOptions(kNeck, kDetectorOutputs, 1));
    const torch::NoGradGuard no_grad;
    last->bias.zero_();
    last->bias[kDetectorObj] = -4.0F;  // faces are rare: start with a low chance of one
    head[i]->push_back(last);
    const int stride_px = kDetectorStridesPx[i];
    register_module(fmt::format("stage_{}", stride_px), stage[i]);
    register_module(fmt::format("lateral_{}", stride_px), lateral[i]);
    register_module(fmt::format("head_{}", stride_px), head[i]);
  }
}

torch::Tensor DetectorNetworkImpl::forward(const torch::Tensor& pictures) {
  std::array<torch::Tensor, 3> features;
  features[0] = stage[0]->forward(pictures * (1.0F / 255.0F));
  features[1] = stage[1]->forward(features[0]);
  features[2] = stage[2]->forward(features[1]);
  std::vector<torch::Tensor> outputs(3);
  torch::Tensor neck;
  for (size_t i = 3; i-- > 0;) {
    torch::Tensor level = lateral[i]->forward(features[i]);
    if (neck.defined()) {
      level = level + torch::upsample_nearest2d(neck, {level.size(2), level.size(3)});
    }
    neck = level;
    outputs[i] = head[i]
                     ->forward(neck)
                     .permute({0, 2, 3, 1})
                     .reshape({pictures.size(0), -1, kDetectorOutputs});
  }
  return torch::cat(outputs, 1);
}

}  // namespace nosetip

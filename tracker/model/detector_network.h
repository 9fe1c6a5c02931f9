// The network of Nosetip's own face detector. Includes LibTorch.
#pragma once

#include <array>

#include <torch/torch.h>

#include "tracker/model/detector_outputs.h"

namespace nosetip {

// One class, anchor-free, with a feature pyramid and the outputs of YuNet (Wu, Peng, Yu, Machine
// Intelligence Research 2023). Its separable convolutions are depthwise first and pointwise second,
// which OpenCV runs in two thirds of the time of YuNet's order.
//
// Input [N, 3, H, W] float32, BGR 0 ... 255, H and W multiples of 32; output [N, A, 16]: the cells
// of stride 8, row by row, then those of 16 and of 32.
//
// Every part is a plain sequence of Conv2d, BatchNorm2d and ReLU. With `up` for doubling a grid by
// repetition, the output of scale i is head[i](neck[i]), where
//   feature[0] = stage[0](input), feature[i] = stage[i](feature[i-1]),
//   neck[2] = lateral[2](feature[2]), neck[i] = lateral[i](feature[i]) + up(neck[i+1]).
class DetectorNetworkImpl : public torch::nn::Module {
 public:
  DetectorNetworkImpl();
  torch::Tensor forward(const torch::Tensor& pictures);

  std::array<torch::nn::Sequential, 3> stage;
  std::array<torch::nn::Sequential, 3> lateral;
  std::array<torch::nn::Sequential, 3> head;
};
TORCH_MODULE(DetectorNetwork);

}  // namespace nosetip

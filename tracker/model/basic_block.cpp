#include "tracker/model/basic_block.h"

namespace nosetip {

namespace nn = torch::nn;

BasicBlockImpl::BasicBlockImpl(int in, int out, int stride, Weights weights)
    : conv1(register_module(
          "conv1", Convolution(nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false),
                               weights))),
      bn1(register_module("bn1", nn::BatchNorm2d(out))),
      conv2(register_module(
          "conv2", Convolution(nn::Conv2dOptions(out, out, 3).padding(1).bias(false), weights))),
      bn2(register_module("bn2", nn::BatchNorm2d(out))) {
  if (stride == 1 && in == out) return;
  shortcut = register_module(
      "shortcut",
      nn::Sequential(Convolution(nn::Conv2dOptions(in, out, 1).stride(stride).bias(false), weights),
                     nn::BatchNorm2d(out)));
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor& x) {
  torch::Tensor y = torch::relu(bn1(conv1(x)));
  y = bn2(conv2(y));
  return torch::relu(y + (shortcut.is_empty() ? x : shortcut->forward(x)));
}

}  // namespace nosetip

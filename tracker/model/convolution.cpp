#include "tracker/model/convolution.h"

namespace nosetip {

torch::nn::Conv2d Convolution(const torch::nn::Conv2dOptions& options, Weights weights) {
  if (weights == Weights::kDrawn) return torch::nn::Conv2d(options);
  // LibTorch's constructor draws the weights, so it is asked for a single one.
  torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(1, 1, 1).bias(options.bias()));
  convolution->options.in_channels(options.in_channels())
      .out_channels(options.out_channels())
      .kernel_size(options.kernel_size())
      .stride(options.stride())
      .padding(options.padding())
      .dilation(options.dilation())
      .groups(options.groups());
  const auto& side = *options.kernel_size();
  convolution->weight.set_data(torch::empty(
      {options.out_channels(), options.in_channels() / options.groups(), side[0], side[1]}));
  if (options.bias()) convolution->bias.set_data(torch::empty({options.out_channels()}));
  return convolution;
}

}  // namespace nosetip

// A landmark network prepared for running alone. Includes LibTorch.
#pragma once

#include <functional>
#include <vector>

#include <torch/torch.h>

namespace nosetip {

// How the numbers between convolutions lie in memory: as LibTorch has them elsewhere, or in the
// blocks of channels that oneDNN computes with, which saves rearranging them for each convolution.
enum class TensorLayout { kPlain, kOneDnn };

// kOneDnn on a CPU where this LibTorch has oneDNN, else kPlain. A rule, not a measurement: layouts
// differ in the last digits, and results should repeat.
TensorLayout LayoutFor(const torch::Device& device);

// Answers as the network that it is made from, to about 1e-5, in fewer steps: batch normalisation
// is folded into the weights of the convolution before it, weights lie as the convolution wants
// them, and sums and ReLUs work in place.
//
// Knows what BuildNetwork makes but for the face detector. Any number of pictures of the
// network's input size: [N, C, H, W] as in networks.h. One thread at a time.
class InferenceNetwork {
 public:
  // The network is in evaluation mode, on the device that it will run on; it may go afterwards.
  InferenceNetwork(torch::nn::Sequential network, TensorLayout layout);

  // Gives an inference tensor, whatever the caller's mode.
  torch::Tensor Forward(const torch::Tensor& pictures) const;

 private:
  using Step = std::function<torch::Tensor(torch::Tensor)>;
  std::vector<Step> steps_;
};

}  // namespace nosetip

// A landmark network prepared for running alone. Includes LibTorch.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/score_map_head.h"

namespace nosetip {

// The memory layout of activations: LibTorch's default, with the channels of a pixel side by side,
// or in oneDNN's blocks of channels. The right one saves a conversion for each convolution.
enum class TensorLayout { kPlain, kChannelsLast, kOneDnn };

// kOneDnn on a CPU where this LibTorch has oneDNN, kChannelsLast on a GPU, whose tensor cores need
// it, else kPlain. A rule and not a measurement, so that results are reproducible: layouts differ
// in the last digits.
TensorLayout LayoutFor(const torch::Device& device);

// Layout and type of activations and weights. On oneDNN the type is float32, bfloat16 (needs
// AVX-512; the last convolution, which is small and gives the points, is in float32 then) or quint8
// (see quantized_network.h).
struct TensorForm {
  TensorLayout layout = TensorLayout::kPlain;
  torch::ScalarType type = torch::kFloat32;
};

// The fastest on that device with the same accuracy: half precision on a GPU; bfloat16 on a CPU
// that has tiles for it, or 8 bits on one that has instructions for those (see cpu_tuning.h) where
// the model has its activation ranges; else float32. A rule and not a measurement, as above.
TensorForm FastestForm(const torch::Device& device, bool has_ranges);

// Gives the answers of the network that it is made from, to about 1e-5 in float32, in fewer steps:
// batch normalization is folded into the weights of the convolution before it, weights are stored
// in the layout of the convolution, and sums and ReLUs work in place.
//
// Supports all networks of BuildNetwork except the face detector. Any number of pictures of the
// network's input size: [N, C, H, W] as in networks.h. One thread at a time.
class InferenceNetwork {
 public:
  // The network is in evaluation mode, on the device that it will run on; it is not needed
  // afterwards. `ranges` are for quint8, as in QuantizedForward.
  InferenceNetwork(torch::nn::Sequential network, TensorForm form,
                   const std::vector<ActivationRange>& ranges = {});
  InferenceNetwork(torch::nn::Sequential network, TensorLayout layout)
      : InferenceNetwork(std::move(network), TensorForm{layout}) {}

  // float32 to float32. The answer is an inference tensor, whatever the caller's mode. On a GPU it
  // does not wait for the result, so it can be recorded.
  torch::Tensor Forward(const torch::Tensor& pictures) const;
  // For measurements: the work of Forward; false where it was given up between two layers because
  // so many ms had passed. In 8 bits it is never given up.
  bool FinishesWithin(double limit_ms, const torch::Tensor& pictures) const;

 private:
  using Step = std::function<torch::Tensor(torch::Tensor)>;
  std::vector<Step> steps_;
  torch::ScalarType type_;
};

}  // namespace nosetip

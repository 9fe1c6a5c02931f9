// A landmark network prepared for running alone. Includes LibTorch.
#pragma once

#include <functional>
#include <utility>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/score_map_head.h"

namespace nosetip {

// How the numbers between convolutions lie in memory: as LibTorch has them elsewhere, with the
// channels of a pixel side by side, or in the blocks of channels that oneDNN computes with. The
// right one saves rearranging them for each convolution.
enum class TensorLayout { kPlain, kChannelsLast, kOneDnn };

// kOneDnn on a CPU where this LibTorch has oneDNN, kChannelsLast on a GPU, whose tensor cores want
// it, else kPlain. A rule, not a measurement: layouts differ in the last digits, and results should
// repeat.
TensorLayout LayoutFor(const torch::Device& device);

// The numbers between convolutions and their weights. Of oneDNN's, types are float32; bfloat16
// where the processor has AVX-512: then the last convolution, which is small and says where the
// points are, is in float32; and quint8, see quantized_network.h.
struct TensorForm {
  TensorLayout layout = TensorLayout::kPlain;
  torch::ScalarType type = torch::kFloat32;
};

// The fastest on that device whose answers are as good: half precision on a GPU; bfloat16 on a CPU
// that has tiles for it, or 8 bits on one that has instructions for those (see cpu_features.h),
// where the model says its ranges; else float32. A rule, not a measurement, as above.
TensorForm FastestForm(const torch::Device& device, bool has_ranges);

// Answers as the network that it is made from, to about 1e-5 in float32, in fewer steps: batch
// normalization is folded into the weights of the convolution before it, weights lie as the
// convolution wants them, and sums and ReLUs work in place.
//
// Knows what BuildNetwork makes but for the face detector. Any number of pictures of the
// network's input size: [N, C, H, W] as in networks.h. One thread at a time.
class InferenceNetwork {
 public:
  // The network is in evaluation mode, on the device that it will run on; it may go afterwards.
  // `ranges` are for quint8, and as QuantizedForward wants them.
  InferenceNetwork(torch::nn::Sequential network, TensorForm form,
                   const std::vector<ActivationRange>& ranges = {});
  InferenceNetwork(torch::nn::Sequential network, TensorLayout layout)
      : InferenceNetwork(std::move(network), TensorForm{layout}) {}

  // Takes and gives float32. Gives an inference tensor, whatever the caller's mode. On a GPU it
  // does not wait for it, so it can be recorded.
  torch::Tensor Forward(const torch::Tensor& pictures) const;
  // For trials: the work of Forward, given up between two layers once so many ms have gone by;
  // false then. In 8 bits it is never given up.
  bool IsThroughWithin(double limit_ms, const torch::Tensor& pictures) const;

 private:
  using Step = std::function<torch::Tensor(torch::Tensor)>;
  std::vector<Step> steps_;
  torch::ScalarType type_;
};

}  // namespace nosetip

// How large the numbers between a network's layers become. Includes LibTorch.
#pragma once

#include <cstddef>
#include <vector>

#include <torch/torch.h>

namespace nosetip {

struct ActivationRange {
  float low = 0.0F;
  float high = 0.0F;
};

// How many a network with score maps has.
inline constexpr size_t kScoreMapRanges = 33;

// Of a network with score maps, for these pictures ([N, C, H, W] as in networks.h, on the network's
// device), in the order in which QuantizedForward wants them; empty for other networks. The network
// is left in evaluation mode.
std::vector<ActivationRange> MeasureActivationRanges(torch::nn::Sequential& network,
                                                     const torch::Tensor& pictures);

// Makes each range hold the other's, too; takes them where it has none yet.
void Widen(std::vector<ActivationRange>& ranges, const std::vector<ActivationRange>& others);

}  // namespace nosetip

// A network with score maps in 8-bit integers. Includes LibTorch.
#pragma once

#include <functional>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/score_map_head.h"

namespace nosetip {

// Gives nearly the answers of the network ([N, C, H, W] to [N, points, 3], float32): the first
// convolution and the one that gives the score maps compute in float32, all between in 8 bits.
// Pictures are computed one by one, since LibTorch keeps a convolution's kernel for one shape only.
// `ranges` are from MeasureActivationRanges of such a network; throws std::logic_error for another
// number of them. The network is in evaluation mode and is not needed afterwards. Answers are
// inference tensors.
std::function<torch::Tensor(torch::Tensor)> QuantizedForward(
    const torch::nn::Sequential& network, const std::vector<ActivationRange>& ranges);

}  // namespace nosetip

// Losses over landmarks. Includes LibTorch.
#pragma once

#include <string>

#include <torch/torch.h>

namespace nosetip {

// `predicted` and `truth` are [N, K, 2] in units of the crop; the result is a scalar.
//  mse        mean squared error
//  l1         mean absolute error
//  smooth_l1  squared below 1 % of the crop, absolute above
//  huber      squared below 5 % of the crop, absolute above, of percents
//  wing       Wing loss (Feng et al., CVPR 2018) with w 4 % and epsilon 0.4 % of the crop
// Throws Error for another name.
torch::Tensor LandmarkLoss(const std::string& name, const torch::Tensor& predicted,
                           const torch::Tensor& truth);

// The loss of a network's whole answer, [N, K, 2] or [N, K, 3]: that of the points and, for the
// third number, the logarithm of an expected error e, the mean of ln(e) + r / e, where r is the
// distance from the truth. It is least where e is the mean of r over such points (the likelihood of
// an exponential distribution), and does not move the points. Without `learn_errors` that of the
// points alone.
torch::Tensor AnswerLoss(const std::string& name, const torch::Tensor& answer,
                         const torch::Tensor& truth, bool learn_errors = true);

}  // namespace nosetip

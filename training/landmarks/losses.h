// How far landmarks are off: losses to train by, and a network's answers to measure. Includes
// LibTorch.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "training/landmarks/augment.h"

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

struct NetworkAnswers {
  torch::Tensor predicted;  // [N, K, 2] float32 on the CPU, in units of the crop
  torch::Tensor truth;      // the same
  torch::Tensor log_error;  // [N, K], of the expected errors; undefined where the network has none
};

// In evaluation mode, without augmentation, all faces in order.
NetworkAnswers AnswerAll(torch::nn::Sequential& network, std::span<const FaceTensors> faces,
                         const LandmarkSchema& schema, const ViewSpec& view);

// By how much the points are further off than expected, as a factor: the mean distance from the
// truth over the mean expected one. 1 where the network expects nothing. Within 0.2 to 5.
double ErrorOverExpected(const NetworkAnswers& answers);

// One error a face in percent of the outer-eye distance, for points in units of the same crop of
// `size_px`, [N, K, 2] on the CPU. The schema must have eye corners.
std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema, SizePx size_px);

}  // namespace nosetip

// How far a network's points are from the truth: losses to train by, and its answers to measure.
// Includes LibTorch.
#pragma once

#include <span>
#include <string>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/score_map_head.h"
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

// The loss of a network's whole answer, [N, K, 2] or [N, K, 3]. The third number is the logarithm
// of an expected error e; its loss is the mean of ln(e) + r / e, where r is the distance from the
// truth. That is lowest where e is the mean of r over such points (the likelihood of an exponential
// distribution), and does not move the points. Without `learn_errors` only the points count.
torch::Tensor AnswerLoss(const std::string& name, const torch::Tensor& answer,
                         const torch::Tensor& truth, bool learn_errors = true);

struct NetworkAnswers {
  torch::Tensor predicted;  // [N, K, 2] float32 on the CPU, in units of the crop
  torch::Tensor truth;      // the same
  torch::Tensor log_error;  // [N, K], of the expected errors; undefined where the network has none
};

// The answers for all faces in order, in evaluation mode and without augmentation.
NetworkAnswers AnswerAll(torch::nn::Sequential& network, std::span<const FaceTensors> faces,
                         const LandmarkSchema& schema, const ViewSpec& view);

// The mean distance from the truth over the mean expected one, within 0.2 to 5; 1 where the network
// gives no expected errors.
double ErrorOverExpected(const NetworkAnswers& answers);

// What the layers of a score map network compute for up to 96 faces of each set, without
// augmentation: see MeasureActivationRanges.
std::vector<ActivationRange> RangesOf(torch::nn::Sequential network,
                                      std::span<const FaceTensors> faces,
                                      const LandmarkSchema& schema, const ViewSpec& view);

// One error per face in percent of the outer-eye distance, for points in units of the same crop of
// `size_px`, [N, K, 2] on the CPU. The schema must have eye corners.
std::vector<double> NmePerFace(const torch::Tensor& predicted, const torch::Tensor& truth,
                               const LandmarkSchema& schema, SizePx size_px);

}  // namespace nosetip

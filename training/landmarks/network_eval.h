// A network's answers to packed faces. Includes LibTorch.
#pragma once

#include <span>

#include <torch/torch.h>

#include "training/landmarks/augment.h"

namespace nosetip {

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

// Parameters and buffers of one network into another of the same make.
void CopyWeights(const torch::nn::Module& from, torch::nn::Module& to);

// Lays the weights of convolutions with the channels innermost, which their answers then are, too:
// LibTorch need not rearrange them for the next layer. Values stay as they are.
void PutChannelsLast(torch::nn::Module& network);

}  // namespace nosetip

// The part of the networks with score maps that comes after the second stage of ResNet18. Includes
// LibTorch.
#pragma once

#include <cstddef>
#include <vector>

#include <torch/torch.h>

#include "tracker/model/networks.h"

namespace nosetip {

// Keeps positions, which pooling loses. First come the third and fourth stage of ResNet18; then 1x1
// convolutions of strides 8, 16 and 32, upsampled to stride 8, are added up, and a 3x3 convolution
// mixes them. Each cell then gives four numbers per point: a score, an offset in x and y, and the
// logarithm of an expected error. A softmax over the cells turns the scores into weights; the
// answer is the weighted mean of the cells (integral regression, Sun et al., ECCV 2018; with
// offsets, A2J, Xiong et al., ICCV 2019).
//
// Input [N, width, H / 8, W / 8] for a picture of H x W, both multiples of 32; output [N, points,
// 3]: x and y in units of the crop, and the natural logarithm of the expected distance from the
// truth in the same units (for a square crop).
class ScoreMapHeadImpl : public torch::nn::Module {
 public:
  // `width`: channels of the input.
  explicit ScoreMapHeadImpl(int points, int width = 128, Weights weights = Weights::kDrawn);
  torch::Tensor forward(const torch::Tensor& features);

  // For a fresh network with random weights: makes scores nearly equal and offsets zero.
  void InitializeOutputs();
  // Adds to the third number of all points.
  void AddToLogError(double shift);

  torch::nn::Sequential stage16;  // twice the width
  torch::nn::Sequential stage32;  // four times
  torch::nn::Conv2d lateral8;     // the sum of the laterals has twice the width, too
  torch::nn::Conv2d lateral16;
  torch::nn::Conv2d lateral32;
  torch::nn::Sequential mix;
  torch::nn::Conv2d maps;  // [scores, x, y, log errors] of all points, in this order

 private:
  int points_;
};
TORCH_MODULE(ScoreMapHead);

// The first plus the others, each repeated to its size: [N, C, H, W] from fine to coarse.
torch::Tensor SumOfScales(const std::vector<torch::Tensor>& scales);

// What an answer is computed from besides the maps: the same for all maps of a size, so it is made
// once.
struct ScoreMapGrid {
  int64_t rows = 0;
  int64_t columns = 0;
  torch::Tensor cells;  // [3, 1, rows * columns]: their x and y in units of the crop, and 0
  torch::Tensor units;  // [3, 1, 1]: of the maps' offsets in units of the crop, and 1
};

// Computed on the device, as ScoreMapCells.
ScoreMapGrid MakeScoreMapGrid(int64_t rows, int64_t columns, torch::Device device);

// From the output of `maps`, [N, 4 * points, H, W], to the head's answer.
torch::Tensor PointsFromScoreMaps(const torch::Tensor& maps);
// The same for maps of the grid's size, [N, 4 * points, ...] in any type. `bias`, [3, points]
// float32, is still to be added to all but the scores; undefined for none.
torch::Tensor PointsFromScoreMaps(const torch::Tensor& maps, const ScoreMapGrid& grid,
                                  const torch::Tensor& bias = {});

// Where a map's cells are: [H * W, 2], x and y in units of the crop, row by row. They cover more
// than the crop, since landmarks may lie outside it. Computed on the device: copying them to a GPU
// would wait for it.
torch::Tensor ScoreMapCells(int64_t rows, int64_t columns, torch::Device device = torch::kCPU);

// How small and large the numbers after a layer become.
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

// Extends each range to contain the other one; takes `others` where there are none yet.
void Widen(std::vector<ActivationRange>& ranges, const std::vector<ActivationRange>& others);

}  // namespace nosetip

#include "tracker/model/score_map_head.h"

#include <cmath>

namespace nosetip {
namespace {

namespace nn = torch::nn;

constexpr double kReach = 1.2;        // the maps' side over the crop's
constexpr double kFirstError = 0.05;  // that a fresh network expects, in units of the crop

nn::Sequential Stage(int in, int out, Weights weights) {
  return nn::Sequential(BasicBlock(in, out, 2, weights), BasicBlock(out, out, 1, weights));
}

nn::Conv2d OneByOne(int in, int out, Weights weights) {
  return Convolution(nn::Conv2dOptions(in, out, 1), weights);
}

nn::Sequential Mix(int channels, Weights weights) {
  return nn::Sequential(
      Convolution(nn::Conv2dOptions(channels, channels, 3).padding(1).bias(false), weights),
      nn::BatchNorm2d(channels), nn::ReLU());
}

}  // namespace

ScoreMapHeadImpl::ScoreMapHeadImpl(int points, int width, Weights weights)
    : stage16(register_module("stage16", Stage(width, 2 * width, weights))),
      stage32(register_module("stage32", Stage(2 * width, 4 * width, weights))),
      lateral8(register_module("lateral8", OneByOne(width, 2 * width, weights))),
      lateral16(register_module("lateral16", OneByOne(2 * width, 2 * width, weights))),
      lateral32(register_module("lateral32", OneByOne(4 * width, 2 * width, weights))),
      mix(register_module("mix", Mix(2 * width, weights))),
      maps(register_module("maps", OneByOne(2 * width, 4 * points, weights))),
      points_(points) {}

torch::Tensor ScoreMapHeadImpl::forward(const torch::Tensor& features) {
  const torch::Tensor f16 = stage16->forward(features);
  const torch::Tensor f32 = stage32->forward(f16);
  const torch::Tensor neck = SumOfScales({lateral8(features), lateral16(f16), lateral32(f32)});
  return PointsFromScoreMaps(maps(mix->forward(neck)), points_);
}

torch::Tensor SumOfScales(const std::vector<torch::Tensor>& scales) {
  torch::Tensor sum = scales.front();
  for (size_t i = 1; i < scales.size(); ++i) {
    sum = sum + torch::upsample_nearest2d(scales[i], {sum.size(2), sum.size(3)});
  }
  return sum;
}

torch::Tensor PointsFromScoreMaps(const torch::Tensor& maps, int points) {
  // The means below need more digits than bfloat16 has.
  const torch::Tensor said = maps.to(torch::kFloat32);
  const int64_t rows = said.size(2);
  const int64_t columns = said.size(3);
  const torch::Tensor each = said.view({-1, 4, points, rows * columns});
  const torch::Tensor weights = torch::softmax(each.select(1, 0), 2);
  const torch::Tensor cells = ScoreMapCells(rows, columns, said.device());
  const auto mean = [&](const torch::Tensor& of_cells) { return (weights * of_cells).sum(2); };
  const torch::Tensor x = cells.select(1, 0) + each.select(1, 1) / static_cast<double>(columns);
  const torch::Tensor y = cells.select(1, 1) + each.select(1, 2) / static_cast<double>(rows);
  return torch::stack({mean(x), mean(y), mean(each.select(1, 3))}, 2);
}

void ScoreMapHeadImpl::StartCalmly() {
  const torch::NoGradGuard no_grad;
  maps->weight.slice(0, 0, points_).mul_(0.1);
  maps->weight.slice(0, points_).zero_();
  maps->bias.zero_();
  AddToLogError(std::log(kFirstError));
}

void ScoreMapHeadImpl::AddToLogError(double shift) {
  const torch::NoGradGuard no_grad;
  maps->bias.slice(0, 3 * points_).add_(shift);
}

torch::Tensor ScoreMapCells(int64_t rows, int64_t columns, torch::Device device) {
  const auto along = [&](int64_t n) {
    return kReach * ((torch::arange(n, device) + 0.5) / static_cast<double>(n) - 0.5) + 0.5;
  };
  const torch::Tensor y = along(rows).view({rows, 1}).expand({rows, columns});
  const torch::Tensor x = along(columns).view({1, columns}).expand({rows, columns});
  return torch::stack({x.reshape({-1}), y.reshape({-1})}, 1).to(torch::kFloat32);
}

}  // namespace nosetip

#include "tracker/model/score_map_head.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/error.h"
#include "tracker/model/networks.h"

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

// Runs parts of a network and notes the range of each activation.
class Recorder {
 public:
  torch::Tensor Noted(const torch::Tensor& x) {
    ranges.push_back({x.min().item<float>(), x.max().item<float>()});
    return x;
  }

  torch::Tensor Block(BasicBlockImpl& block, const torch::Tensor& x) {
    const torch::Tensor y = Noted(torch::relu(block.bn1->forward(block.conv1->forward(x))));
    const torch::Tensor z = Noted(block.bn2->forward(block.conv2->forward(y)));
    const torch::Tensor past = block.shortcut.is_empty() ? x : Noted(block.shortcut->forward(x));
    return Noted(torch::relu(z + past));
  }

  torch::Tensor Blocks(nn::Sequential& stage, torch::Tensor x) {
    for (const auto& block : stage->children()) x = Block(*block->as<BasicBlock>(), x);
    return x;
  }

  void Head(ScoreMapHeadImpl& head, const torch::Tensor& x) {
    const torch::Tensor f16 = Blocks(head.stage16, x);
    const torch::Tensor f32 = Blocks(head.stage32, f16);
    const torch::Tensor fine = Noted(head.lateral8->forward(x));
    const torch::Tensor middle = Noted(head.lateral16->forward(f16));
    const torch::Tensor coarse = Noted(head.lateral32->forward(f32));
    const torch::Tensor neck = Noted(SumOfScales({fine, middle, coarse}));
    Noted(head.mix->forward(neck));
  }

  std::vector<ActivationRange> ranges;
};

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
  return PointsFromScoreMaps(maps->forward(mix->forward(neck)));
}

torch::Tensor SumOfScales(const std::vector<torch::Tensor>& scales) {
  torch::Tensor sum = scales.front();
  for (size_t i = 1; i < scales.size(); ++i) {
    sum = sum + torch::upsample_nearest2d(scales[i], {sum.size(2), sum.size(3)});
  }
  return sum;
}

ScoreMapGrid MakeScoreMapGrid(int64_t rows, int64_t columns, torch::Device device) {
  const torch::Tensor places = ScoreMapCells(rows, columns, device).t();
  const torch::Tensor none = torch::zeros({1, rows * columns}, places.options());
  const torch::Tensor units = torch::ones({3, 1, 1}, places.options());
  units[0].fill_(1.0 / static_cast<double>(columns));
  units[1].fill_(1.0 / static_cast<double>(rows));
  return {rows, columns, torch::cat({places, none}).unsqueeze(1), units};
}

torch::Tensor PointsFromScoreMaps(const torch::Tensor& maps) {
  return PointsFromScoreMaps(maps, MakeScoreMapGrid(maps.size(2), maps.size(3), maps.device()));
}

torch::Tensor PointsFromScoreMaps(const torch::Tensor& maps, const ScoreMapGrid& grid,
                                  const torch::Tensor& bias) {
  const torch::Tensor each =
      maps.contiguous().view({-1, 4, maps.size(1) / 4, grid.rows * grid.columns});
  // The means need more digits than bfloat16 has, so no matrix product, which mixed precision would
  // compute in bfloat16.
  const torch::Tensor weights = torch::softmax(each.narrow(1, 0, 1), 3, torch::kFloat32);
  const torch::Tensor values = torch::addcmul(grid.cells, each.narrow(1, 1, 3), grid.units);
  torch::Tensor means = (weights * values).sum(3);
  if (bias.defined()) means = torch::addcmul(means, bias, grid.units.squeeze(2));
  return means.transpose(1, 2).contiguous();
}

void ScoreMapHeadImpl::InitializeOutputs() {
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

std::vector<ActivationRange> MeasureActivationRanges(torch::nn::Sequential& network,
                                                     const torch::Tensor& pictures) {
  const std::vector<std::shared_ptr<torch::nn::Module>> layers = network->children();
  if (layers.empty() || layers.back()->as<ScoreMapHead>() == nullptr) return {};
  const torch::NoGradGuard no_grad;
  network->eval();
  Recorder recorder;
  torch::Tensor x = pictures;
  bool in_blocks = false;
  for (size_t i = 0; i < layers.size(); ++i) {
    if (auto* block = layers[i]->as<BasicBlock>()) {
      if (!in_blocks) recorder.Noted(x);
      in_blocks = true;
      x = recorder.Block(*block, x);
    } else if (auto* head = layers[i]->as<ScoreMapHead>()) {
      recorder.Head(*head, x);
    } else {
      auto any = *(network->begin() + static_cast<std::ptrdiff_t>(i));
      x = any.forward(x);
    }
  }
  return recorder.ranges;
}

void Widen(std::vector<ActivationRange>& ranges, const std::vector<ActivationRange>& others) {
  if (ranges.empty()) ranges = others;
  Check(ranges.size() == others.size(), "ranges of networks of one make");
  for (size_t i = 0; i < ranges.size(); ++i) {
    ranges[i].low = std::min(ranges[i].low, others[i].low);
    ranges[i].high = std::max(ranges[i].high, others[i].high);
  }
}

}  // namespace nosetip

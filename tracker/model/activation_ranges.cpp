#include "tracker/model/activation_ranges.h"

#include <algorithm>

#include "tracker/core/error.h"
#include "tracker/model/basic_block.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {
namespace {

class Recorder {
 public:
  torch::Tensor Seen(const torch::Tensor& x) {
    ranges.push_back({x.min().item<float>(), x.max().item<float>()});
    return x;
  }

  torch::Tensor Block(BasicBlockImpl& block, const torch::Tensor& x) {
    const torch::Tensor y = Seen(torch::relu(block.bn1->forward(block.conv1->forward(x))));
    const torch::Tensor z = Seen(block.bn2->forward(block.conv2->forward(y)));
    const torch::Tensor past = block.shortcut.is_empty() ? x : Seen(block.shortcut->forward(x));
    return Seen(torch::relu(z + past));
  }

  torch::Tensor Blocks(torch::nn::Sequential& stage, torch::Tensor x) {
    for (const auto& block : stage->children()) x = Block(*block->as<BasicBlock>(), x);
    return x;
  }

  void Head(ScoreMapHeadImpl& head, const torch::Tensor& x) {
    const torch::Tensor f16 = Blocks(head.stage16, x);
    const torch::Tensor f32 = Blocks(head.stage32, f16);
    const torch::Tensor fine = Seen(head.lateral8->forward(x));
    const torch::Tensor middle = Seen(head.lateral16->forward(f16));
    const torch::Tensor coarse = Seen(head.lateral32->forward(f32));
    const torch::Tensor neck = Seen(SumOfScales({fine, middle, coarse}));
    Seen(head.mix->forward(neck));
  }

  std::vector<ActivationRange> ranges;
};

}  // namespace

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
      if (!in_blocks) recorder.Seen(x);
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

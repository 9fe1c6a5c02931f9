#include "tracker/model/quantized_network.h"

#include <memory>
#include <optional>

#include "tracker/core/error.h"
#include "tracker/model/folded_convolution.h"
#include "tracker/model/networks.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

// Hands out one range after the other.
class Ranges {
 public:
  explicit Ranges(const std::vector<ActivationRange>& ranges) : ranges_(ranges) {}

  ActivationRange Next() {
    Check(next_ < ranges_.size(), "a range for each activation of the network");
    return ranges_[next_++];
  }

  bool AreAllTaken() const { return next_ == ranges_.size(); }

 private:
  const std::vector<ActivationRange>& ranges_;
  size_t next_ = 0;
};

QuantizedConvolution Convolution(const nn::Module& convolution, const nn::Module* norm,
                                 ActivationRange output, bool relu) {
  return {*convolution.as<nn::Conv2d>(), norm == nullptr ? nullptr : norm->as<nn::BatchNorm2d>(),
          output, relu};
}

class Block {
 public:
  Block(const BasicBlockImpl& block, Ranges& ranges)
      : first_(*block.conv1, block.bn1.get(), ranges.Next(), /*relu=*/true),
        second_(*block.conv2, block.bn2.get(), ranges.Next(), /*relu=*/false),
        shortcut_(ShortcutOf(block, ranges)),
        output_(ranges.Next()) {}

  torch::Tensor operator()(const torch::Tensor& x) const {
    return AddRelu(second_(first_(x)), shortcut_ ? (*shortcut_)(x) : x, output_);
  }

 private:
  static std::optional<QuantizedConvolution> ShortcutOf(const BasicBlockImpl& block,
                                                        Ranges& ranges) {
    if (block.shortcut.is_empty()) return std::nullopt;
    return Convolution(*block.shortcut->ptr(0), block.shortcut->ptr(1).get(), ranges.Next(), false);
  }

  QuantizedConvolution first_;
  QuantizedConvolution second_;
  std::optional<QuantizedConvolution> shortcut_;
  Quantization output_;
};

class Blocks {
 public:
  Blocks(const nn::Module& stage, Ranges& ranges) {
    for (const auto& layer : stage.children()) {
      if (const auto* block = layer->as<BasicBlock>()) blocks_.emplace_back(*block, ranges);
    }
  }

  torch::Tensor operator()(torch::Tensor x) const {
    for (const Block& block : blocks_) x = block(x);
    return x;
  }

 private:
  std::vector<Block> blocks_;
};

class Head {
 public:
  Head(const ScoreMapHeadImpl& head, Ranges& ranges, TensorForm form)
      : stage16_(*head.stage16, ranges),
        stage32_(*head.stage32, ranges),
        lateral8_(*head.lateral8, nullptr, ranges.Next(), false),
        lateral16_(*head.lateral16, nullptr, ranges.Next(), false),
        lateral32_(*head.lateral32, nullptr, ranges.Next(), false),
        neck_(ranges.Next()),
        mix_(Convolution(*head.mix->ptr(0), head.mix->ptr(1).get(), ranges.Next(), true)),
        maps_(*head.maps, nullptr, form) {}

  torch::Tensor operator()(const torch::Tensor& x) const {
    const torch::Tensor f16 = stage16_(x);
    const torch::Tensor f32 = stage32_(f16);
    const torch::Tensor neck = SumOfScales(
        {lateral8_(x).dequantize(), lateral16_(f16).dequantize(), lateral32_(f32).dequantize()});
    const torch::Tensor mixed = mix_(Quantize(neck, neck_)).dequantize();
    return PointsFromScoreMaps(Plain(maps_(mixed)));
  }

 private:
  Blocks stage16_;
  Blocks stage32_;
  QuantizedConvolution lateral8_;
  QuantizedConvolution lateral16_;
  QuantizedConvolution lateral32_;
  Quantization neck_;
  QuantizedConvolution mix_;
  FoldedConvolution maps_;
};

struct Parts {
  Parts(const nn::Sequential& network, Ranges& ranges, TensorForm form)
      : first(*network->ptr(0)->as<nn::Conv2d>(), network->ptr(1)->as<nn::BatchNorm2d>(), form),
        pool(network->ptr(3)->as<nn::MaxPool2d>()->options),
        pooled(ranges.Next()),
        blocks(*network, ranges),
        head(*network->children().back()->as<ScoreMapHead>(), ranges, form) {}

  torch::Tensor Answer(const torch::Tensor& picture) const {
    const torch::Tensor x = at::max_pool2d(first(picture), pool.kernel_size(), pool.stride(),
                                           pool.padding(), pool.dilation(), pool.ceil_mode());
    return head(blocks(Quantize(Plain(x.relu()), pooled)));
  }

  FoldedConvolution first;
  nn::MaxPool2dOptions pool;
  Quantization pooled;
  Blocks blocks;
  Head head;
};

}  // namespace

std::function<torch::Tensor(torch::Tensor)> QuantizedForward(
    const torch::nn::Sequential& network, const std::vector<ActivationRange>& ranges) {
  Ranges left(ranges);
  const auto parts =
      std::make_shared<const Parts>(network, left, TensorForm{LayoutFor(torch::kCPU)});
  Check(left.AreAllTaken(), "a range for each activation of the network");
  return [parts](const torch::Tensor& pictures) {
    const c10::InferenceMode inference;
    if (pictures.size(0) == 1) return parts->Answer(pictures);
    std::vector<torch::Tensor> answers;
    for (const torch::Tensor& picture : pictures.split(1)) {
      answers.push_back(parts->Answer(picture));
    }
    return torch::cat(answers);
  };
}

}  // namespace nosetip

#include "tracker/model/inference_network.h"

#include <chrono>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

#include "tracker/model/channels_last.h"
#include "tracker/model/cpu_tuning.h"
#include "tracker/model/folded_convolution.h"
#include "tracker/model/networks.h"
#include "tracker/model/quantized_network.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;
using Step = std::function<torch::Tensor(torch::Tensor)>;

torch::Tensor RunAll(const std::vector<Step>& steps, torch::Tensor x) {
  for (const Step& step : steps) x = step(std::move(x));
  return x;
}

Step BlockStep(const BasicBlockImpl& block, TensorForm form) {
  const FoldedConvolution first(*block.conv1, block.bn1.get(), form);
  FoldedWeights second = FoldNormalization(*block.conv2, block.bn2.get());
  std::optional<FoldedConvolution> shortcut;
  if (!block.shortcut.is_empty()) {
    const auto& convolution = *block.shortcut->ptr(0)->as<nn::Conv2d>();
    FoldedWeights weights =
        FoldNormalization(convolution, block.shortcut->ptr(1)->as<nn::BatchNorm2d>());
    if (form.layout == TensorLayout::kChannelsLast) {
      // A GPU would add it in a step of its own.
      second.bias = second.bias + weights.bias;
      weights.bias = torch::Tensor();
    }
    shortcut.emplace(weights, ShapeOf(convolution), form);
  }
  const FoldedConvolution last(second, ShapeOf(*block.conv2), form);
  return [=](const torch::Tensor& x) {
    return last.PlusRelu(first.Relu(x), shortcut ? (*shortcut)(x) : x);
  };
}

std::vector<Step> StepsOf(nn::Sequential layers, TensorForm form);

// The grid of the maps of one size, made with the first of them: a GPU would take longer to make it
// than to find the points.
class GridOfMaps {
 public:
  ScoreMapGrid For(const torch::Tensor& maps) {
    const std::lock_guard lock(mutex_);
    if (grid_.rows != maps.size(2) || grid_.columns != maps.size(3)) {
      grid_ = MakeScoreMapGrid(maps.size(2), maps.size(3), maps.device());
    }
    return grid_;
  }

 private:
  std::mutex mutex_;  // landmarkers that share weights share this
  ScoreMapGrid grid_;
};

struct HeadParts {
  HeadParts(const ScoreMapHeadImpl& head, TensorForm form)
      : stage16(StepsOf(head.stage16, form)),
        stage32(StepsOf(head.stage32, form)),
        mix(StepsOf(head.mix, form)),
        lateral8(*head.lateral8, nullptr, form),
        lateral16(*head.lateral16, nullptr, form),
        lateral32(*head.lateral32, nullptr, form) {}

  std::vector<Step> stage16;
  std::vector<Step> stage32;
  std::vector<Step> mix;
  FoldedConvolution lateral8;
  FoldedConvolution lateral16;
  FoldedConvolution lateral32;
  std::shared_ptr<GridOfMaps> grid = std::make_shared<GridOfMaps>();
};

Step ChannelsLastHeadStep(const ScoreMapHeadImpl& head, TensorForm form) {
  return [parts = HeadParts(head, form),
          tail = ScoreMapTail(*head.maps, form.type)](const torch::Tensor& x) {
    const torch::Tensor f16 = RunAll(parts.stage16, x);
    const torch::Tensor f32 = RunAll(parts.stage32, f16);
    torch::Tensor neck = parts.lateral8(x);
    AddRepeated(neck, parts.lateral16(f16));
    AddRepeated(neck, parts.lateral32(f32));
    const torch::Tensor mixed = RunAll(parts.mix, neck);
    return tail(mixed, parts.grid->For(mixed));
  };
}

Step HeadStep(const ScoreMapHeadImpl& head, TensorForm form) {
  if (form.layout == TensorLayout::kChannelsLast) return ChannelsLastHeadStep(head, form);
  // Where its channels are not a multiple of 64, oneDNN 2.6 rearranges the weights of a bfloat16
  // convolution each time, which takes longer than all others together.
  const torch::ScalarType last_type =
      form.layout == TensorLayout::kOneDnn ? torch::kFloat32 : form.type;
  const FoldedConvolution maps(*head.maps, nullptr, {form.layout, last_type});
  return [=, parts = HeadParts(head, form)](const torch::Tensor& x) {
    const torch::Tensor f16 = RunAll(parts.stage16, x);
    const torch::Tensor f32 = RunAll(parts.stage32, f16);
    // LibTorch has no upsampling of oneDNN's tensors.
    const torch::Tensor neck = SumOfScales(
        {Plain(parts.lateral8(x)), Plain(parts.lateral16(f16)), Plain(parts.lateral32(f32))});
    torch::Tensor mixed = RunAll(parts.mix, neck);
    if (mixed.scalar_type() != last_type) mixed = Plain(mixed).to(last_type);
    const torch::Tensor said = Plain(maps(mixed));
    return PointsFromScoreMaps(said, parts.grid->For(said));
  };
}

// The largest of what ReLU gives is what ReLU gives for the largest, which is less work.
bool SwapsWithNext(const nn::Module& layer, const nn::Module* next) {
  return layer.as<nn::ReLU>() != nullptr && next != nullptr && next->as<nn::MaxPool2d>() != nullptr;
}

Step PoolStep(const nn::MaxPool2dImpl& pool, TensorForm form) {
  return [options = pool.options, layout = form.layout](const torch::Tensor& x) {
    return at::max_pool2d(InLayout(x, layout), options.kernel_size(), options.stride(),
                          options.padding(), options.dilation(), options.ceil_mode());
  };
}

std::vector<Step> StepsOf(nn::Sequential layers, TensorForm form) {
  std::vector<Step> steps;
  const auto relu = [](torch::Tensor x) { return x.relu_(); };
  for (size_t i = 0; i < layers->size(); ++i) {
    const std::shared_ptr<nn::Module> layer = layers->ptr(i);
    const std::shared_ptr<nn::Module> next = i + 1 < layers->size() ? layers->ptr(i + 1) : nullptr;
    if (const auto* convolution = layer->as<nn::Conv2d>()) {
      const auto* norm = next ? next->as<nn::BatchNorm2d>() : nullptr;
      if (norm != nullptr) ++i;
      const bool before_relu = i + 1 < layers->size() && layers->ptr(i + 1)->as<nn::ReLU>();
      const bool lasts = form.layout == TensorLayout::kChannelsLast && before_relu;
      if (lasts && StemConvolution::Fits(*convolution)) {
        steps.emplace_back([stem = StemConvolution(*convolution, norm, form)](
                               const torch::Tensor& x) { return stem.Relu(x); });
        ++i;
        continue;
      }
      const FoldedConvolution folded(*convolution, norm, form);
      if (lasts && folded.FusesRelu()) {
        steps.emplace_back([folded](const torch::Tensor& x) { return folded.Relu(x); });
        ++i;
      } else {
        steps.emplace_back(folded);
      }
    } else if (SwapsWithNext(*layer, next.get())) {
      steps.push_back(PoolStep(*next->as<nn::MaxPool2d>(), form));
      steps.emplace_back(relu);
      ++i;
    } else if (const auto* pool = layer->as<nn::MaxPool2d>()) {
      steps.push_back(PoolStep(*pool, form));
    } else if (const auto* block = layer->as<BasicBlock>()) {
      steps.push_back(BlockStep(*block, form));
    } else if (const auto* head = layer->as<ScoreMapHead>()) {
      steps.push_back(HeadStep(*head, form));
    } else if (layer->as<nn::ReLU>() != nullptr) {
      steps.emplace_back(relu);
    } else {
      // What follows the convolutions is small and stays as it is, in float32.
      auto any = *(layers->begin() + static_cast<std::ptrdiff_t>(i));
      steps.emplace_back([any](const torch::Tensor& x) mutable {
        return any.forward(Plain(x).to(torch::kFloat32));
      });
    }
  }
  return steps;
}

}  // namespace

TensorLayout LayoutFor(const torch::Device& device) {
  const bool has_onednn = at::hasMKLDNN() && at::globalContext().userEnabledMkldnn();
  if (device.is_cuda()) return TensorLayout::kChannelsLast;
  return device.is_cpu() && has_onednn ? TensorLayout::kOneDnn : TensorLayout::kPlain;
}

TensorForm FastestForm(const torch::Device& device, bool has_ranges) {
  const TensorLayout layout = LayoutFor(device);
  if (device.is_cuda()) return {layout, torch::kHalf};
  if (layout != TensorLayout::kOneDnn) return {layout};
  if (HasBfloat16Tiles()) return {layout, torch::kBFloat16};
  const bool has_8_bits = has_ranges && HasInt8Products() && HasQuantizedConvolutions();
  return {layout, has_8_bits ? torch::kQUInt8 : torch::kFloat32};
}

InferenceNetwork::InferenceNetwork(torch::nn::Sequential network, TensorForm form,
                                   const std::vector<ActivationRange>& ranges)
    : type_(form.type == torch::kQUInt8 ? torch::kFloat32 : form.type) {
  const c10::InferenceMode inference;
  if (form.type == torch::kQUInt8) {
    steps_.push_back(QuantizedForward(network, ranges));
  } else {
    steps_ = StepsOf(std::move(network), form);
  }
}

bool InferenceNetwork::IsThroughWithin(double limit_ms, const torch::Tensor& pictures) const {
  using Clock = std::chrono::steady_clock;
  const c10::InferenceMode inference;
  const Clock::time_point start = Clock::now();
  torch::Tensor x = pictures.to(type_);
  for (const Step& step : steps_) {
    const std::chrono::duration<double, std::milli> lasted = Clock::now() - start;
    if (lasted.count() > limit_ms) return false;
    x = step(std::move(x));
  }
  return true;
}

torch::Tensor InferenceNetwork::Forward(const torch::Tensor& pictures) const {
  // Also what LibTorch from 2.x on asks for where tensors are oneDNN's.
  const c10::InferenceMode inference;
  return Plain(RunAll(steps_, pictures.to(type_))).to(torch::kFloat32);
}

}  // namespace nosetip

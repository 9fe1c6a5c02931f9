#include "tracker/model/inference_network.h"

#include <chrono>
#include <memory>
#include <optional>
#include <utility>

#include "tracker/model/basic_block.h"
#include "tracker/model/cpu_features.h"
#include "tracker/model/folded_convolution.h"
#include "tracker/model/quantized_convolution.h"
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
  const FoldedConvolution second(*block.conv2, block.bn2.get(), form);
  std::optional<FoldedConvolution> shortcut;
  if (!block.shortcut.is_empty()) {
    shortcut.emplace(*block.shortcut->ptr(0)->as<nn::Conv2d>(),
                     block.shortcut->ptr(1)->as<nn::BatchNorm2d>(), form);
  }
  return [=](const torch::Tensor& x) {
    torch::Tensor y = second(first(x).relu_());
    y.add_(shortcut ? (*shortcut)(x) : x);
    return y.relu_();
  };
}

std::vector<Step> StepsOf(nn::Sequential layers, TensorForm form);

Step HeadStep(const ScoreMapHeadImpl& head, TensorForm form) {
  const std::vector<Step> stage16 = StepsOf(head.stage16, form);
  const std::vector<Step> stage32 = StepsOf(head.stage32, form);
  const std::vector<Step> mix = StepsOf(head.mix, form);
  const FoldedConvolution lateral8(*head.lateral8, nullptr, form);
  const FoldedConvolution lateral16(*head.lateral16, nullptr, form);
  const FoldedConvolution lateral32(*head.lateral32, nullptr, form);
  const bool with_onednn = form.layout == TensorLayout::kOneDnn;
  // Where its channels are not a multiple of 64, oneDNN 2.6 rearranges the weights of a bfloat16
  // convolution each time, which takes longer than all others together.
  const torch::ScalarType last_type = with_onednn ? torch::kFloat32 : form.type;
  const FoldedConvolution maps(*head.maps, nullptr, {form.layout, last_type});
  // LibTorch has no upsampling of oneDNN's tensors.
  const TensorLayout dense = with_onednn ? TensorLayout::kPlain : form.layout;
  return [=, points = head.points()](const torch::Tensor& x) {
    const torch::Tensor f16 = RunAll(stage16, x);
    const torch::Tensor f32 = RunAll(stage32, f16);
    const torch::Tensor neck =
        SumOfScales({InLayout(lateral8(x), dense), InLayout(lateral16(f16), dense),
                     InLayout(lateral32(f32), dense)});
    torch::Tensor mixed = RunAll(mix, neck);
    if (mixed.scalar_type() != last_type) mixed = InLayout(mixed, dense).to(last_type);
    return PointsFromScoreMaps(Plain(maps(mixed)), points);
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
      steps.emplace_back(FoldedConvolution(*convolution, norm, form));
      if (norm != nullptr) ++i;
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

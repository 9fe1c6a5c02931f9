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
      // A GPU would add the second bias in a step of its own.
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

// The grid of the maps of one size, made for the first of them only: a GPU would take longer to
// make it than to find the points.
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
  std::mutex mutex_;  // landmarkers that share weights share this object
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
    const torch::Tensor scores = Plain(maps(mixed));
    return PointsFromScoreMaps(scores, parts.grid->For(scores));
  };
}

Step PoolStep(const nn::MaxPool2dImpl& pool, TensorForm form) {
  return [options = pool.options, layout = form.layout](const torch::Tensor& x) {
    return at::max_pool2d(InLayout(x, layout), options.kernel_size(), options.stride(),
                          options.padding(), options.dilation(), options.ceil_mode());
  };
}

// Turns layers into steps, in order; one step may stand for several layers.
class StepBuilder {
 public:
  StepBuilder(nn::Sequential layers, TensorForm form) : layers_(std::move(layers)), form_(form) {}

  std::vector<Step> Build() && {
    while (next_ < layers_->size()) AddNext();
    return std::move(steps_);
  }

 private:
  // The layer that comes so many after the next one, where it is of this kind; else null.
  template <typename Layer>
  auto* Ahead(size_t layers) const {
    const size_t i = next_ + layers;
    return i < layers_->size() ? layers_->ptr(i)->as<Layer>() : nullptr;
  }

  void Add(Step step, size_t layers) {
    steps_.push_back(std::move(step));
    next_ += layers;
  }

  void AddNext() {
    const auto relu = [](torch::Tensor x) { return x.relu_(); };
    if (const auto* convolution = Ahead<nn::Conv2d>(0)) {
      AddConvolution(*convolution);
    } else if (Ahead<nn::ReLU>(0) != nullptr && Ahead<nn::MaxPool2d>(1) != nullptr) {
      // ReLU and maximum give the same in either order; ReLU has less to do after it.
      Add(PoolStep(*Ahead<nn::MaxPool2d>(1), form_), 1);
      Add(relu, 1);
    } else if (const auto* pool = Ahead<nn::MaxPool2d>(0)) {
      Add(PoolStep(*pool, form_), 1);
    } else if (const auto* block = Ahead<BasicBlock>(0)) {
      Add(BlockStep(*block, form_), 1);
    } else if (const auto* head = Ahead<ScoreMapHead>(0)) {
      Add(HeadStep(*head, form_), 1);
    } else if (Ahead<nn::ReLU>(0) != nullptr) {
      Add(relu, 1);
    } else {
      // What follows the convolutions is small and stays as it is, in float32.
      auto any = *(layers_->begin() + static_cast<std::ptrdiff_t>(next_));
      Add([any](
              const torch::Tensor& x) mutable { return any.forward(Plain(x).to(torch::kFloat32)); },
          1);
    }
  }

  // With the batch normalization after it and, where one step of the GPU does both, the ReLU.
  void AddConvolution(const nn::Conv2dImpl& convolution) {
    const auto* norm = Ahead<nn::BatchNorm2d>(1);
    const size_t layers = norm != nullptr ? 2 : 1;
    const bool may_fuse =
        form_.layout == TensorLayout::kChannelsLast && Ahead<nn::ReLU>(layers) != nullptr;
    if (may_fuse && StemConvolution::Fits(convolution)) {
      Add([stem = StemConvolution(convolution, norm, form_)](
              const torch::Tensor& x) { return stem.Relu(x); },
          layers + 1);
      return;
    }
    const FoldedConvolution folded(convolution, norm, form_);
    if (may_fuse && folded.FusesRelu()) {
      Add([folded](const torch::Tensor& x) { return folded.Relu(x); }, layers + 1);
    } else {
      Add(folded, layers);
    }
  }

  nn::Sequential layers_;
  TensorForm form_;
  size_t next_ = 0;
  std::vector<Step> steps_;
};

std::vector<Step> StepsOf(nn::Sequential layers, TensorForm form) {
  return StepBuilder(std::move(layers), form).Build();
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

bool InferenceNetwork::FinishesWithin(double limit_ms, const torch::Tensor& pictures) const {
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

#include "tracker/model/networks.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/detector_network.h"
#include "tracker/model/eye_refiner.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

void InitializeConvolutions(nn::Module& network) {
  for (const auto& module : network.modules(/*include_self=*/false)) {
    if (auto* conv = module->as<nn::Conv2d>()) {
      nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kReLU);
    }
  }
}

constexpr int kResNetWidth = 64;  // channels of the first layer, doubled by each stage

// The first layer and the first `stages` stages of ResNet18, from `width` channels on.
nn::Sequential ResNetStages(int channels, int stages, int width, Weights weights) {
  nn::Sequential net;
  net->push_back(
      "conv1",
      Convolution(nn::Conv2dOptions(channels, width, 5).stride(2).padding(2).bias(false), weights));
  net->push_back("bn1", nn::BatchNorm2d(width));
  net->push_back("relu", nn::ReLU());
  net->push_back("pool1", nn::MaxPool2d(nn::MaxPool2dOptions(3).stride(2).padding(1)));
  int in = width;
  for (int stage = 0; stage < stages; ++stage) {
    const int out = width << stage;
    net->push_back(fmt::format("layer{}_0", stage + 1),
                   BasicBlock(in, out, stage == 0 ? 1 : 2, weights));
    net->push_back(fmt::format("layer{}_1", stage + 1), BasicBlock(out, out, 1, weights));
    in = out;
  }
  return net;
}

nn::Sequential BuildResNet18(const NetworkSpec& spec, Weights weights) {
  nn::Sequential net = ResNetStages(spec.channels, 4, kResNetWidth, weights);
  net->push_back("pool2", nn::AdaptiveAvgPool2d(nn::AdaptiveAvgPool2dOptions({1, 1})));
  net->push_back("flatten", nn::Flatten());
  net->push_back("fc", nn::Linear(512, 2 * spec.points));
  net->push_back("points", nn::Unflatten(nn::UnflattenOptions(1, {spec.points, 2})));
  if (weights == Weights::kDrawn) InitializeConvolutions(*net);
  return net;
}

nn::Sequential BuildResNet18Maps(const NetworkSpec& spec, int width, Weights weights) {
  if (spec.input_px.width % 32 != 0 || spec.input_px.height % 32 != 0) {
    throw Error(
        fmt::format("the network {} needs an input whose sides are multiples of 32 px, such as 160",
                    spec.architecture));
  }
  nn::Sequential net = ResNetStages(spec.channels, 2, width, weights);
  ScoreMapHead head(spec.points, 2 * width, weights);
  net->push_back("head", head);
  if (weights == Weights::kToBeRead) return net;
  InitializeConvolutions(*net);
  head->InitializeOutputs();
  return net;
}

// `channels` of each convolution.
nn::Sequential BuildSmallNetwork(const NetworkSpec& spec, std::span<const int> channels,
                                 bool normalized) {
  const int shrink = 1 << channels.size();
  const SizePx last{spec.input_px.width / shrink, spec.input_px.height / shrink};
  if (std::min(last.width, last.height) < 2) {
    throw Error(fmt::format("the network {} needs an input of at least {} px per side",
                            spec.architecture, 2 * shrink));
  }
  nn::Sequential net;
  int in = spec.channels;
  for (size_t i = 0; i < channels.size(); ++i) {
    const std::string number = std::to_string(i + 1);
    const int side = i == 0 ? 5 : 3;
    net->push_back(
        "conv" + number,
        nn::Conv2d(nn::Conv2dOptions(in, channels[i], side).padding(side / 2).bias(!normalized)));
    if (normalized) net->push_back("bn" + number, nn::BatchNorm2d(channels[i]));
    net->push_back("relu" + number, nn::ReLU());
    net->push_back("pool" + number, nn::MaxPool2d(nn::MaxPool2dOptions(2)));
    in = channels[i];
  }
  net->push_back("flatten", nn::Flatten());
  constexpr int kHidden = 120;
  net->push_back("fc1", nn::Linear(in * static_cast<int64_t>(last.Area()), kHidden));
  net->push_back("relu_fc1", nn::ReLU());
  net->push_back("fc2", nn::Linear(kHidden, 2 * spec.points));
  net->push_back("points", nn::Unflatten(nn::UnflattenOptions(1, {spec.points, 2})));
  return net;
}

// The network of eye_refiner.h.
nn::Sequential BuildEyeNetwork(const NetworkSpec& spec) {
  struct Layer {
    int channels = 0;
    int side = 3;
    int stride = 1;
  };
  static constexpr std::array kLayers = {Layer{24, 5, 2}, Layer{48, 3, 2}, Layer{48},
                                         Layer{96, 3, 2}, Layer{96}};
  nn::Sequential net;
  int in = spec.channels;
  int shrink = 1;
  for (size_t i = 0; i < kLayers.size(); ++i) {
    const auto [out, side, stride] = kLayers[i];
    const std::string number = std::to_string(i + 1);
    net->push_back(
        "conv" + number,
        nn::Conv2d(nn::Conv2dOptions(in, out, side).stride(stride).padding(side / 2).bias(false)));
    net->push_back("bn" + number, nn::BatchNorm2d(out));
    net->push_back("relu" + number, nn::ReLU());
    in = out;
    shrink *= stride;
  }
  const SizePx last{spec.input_px.width / shrink, spec.input_px.height / shrink};
  constexpr int kHidden = 128;
  net->push_back("flatten", nn::Flatten());
  net->push_back("drop", nn::Dropout(0.2));
  net->push_back("fc1", nn::Linear(in * static_cast<int64_t>(last.Area()), kHidden));
  net->push_back("relu_fc1", nn::ReLU());
  net->push_back("fc2", nn::Linear(kHidden, 2 * spec.points));
  net->push_back("points", nn::Unflatten(nn::UnflattenOptions(1, {spec.points, 2})));
  InitializeConvolutions(*net);
  return net;
}

}  // namespace

torch::nn::Sequential BuildNetwork(const NetworkSpec& spec, Weights weights) {
  if (spec.architecture == "resnet18") return BuildResNet18(spec, weights);
  if (spec.architecture == kScoreMapArchitecture) {
    return BuildResNet18Maps(spec, kResNetWidth, weights);
  }
  if (spec.architecture == kHalfScoreMapArchitecture) {
    return BuildResNet18Maps(spec, kResNetWidth / 2, weights);
  }
  if (spec.architecture == kFaceDetectorArchitecture) {
    return torch::nn::Sequential(DetectorNetwork());
  }
  if (spec.architecture == kEyeArchitecture) return BuildEyeNetwork(spec);
  static constexpr std::array kConv3 = {20, 16, 12};
  static constexpr std::array kConv5 = {20, 16, 14, 13, 12};
  const bool normalized = spec.architecture.ends_with("_bn");
  const std::string plain = spec.architecture.substr(0, spec.architecture.find("_bn"));
  if (plain == "conv3") return BuildSmallNetwork(spec, kConv3, normalized);
  if (plain == "conv5") return BuildSmallNetwork(spec, kConv5, normalized);
  throw Error(fmt::format(
      "unknown network architecture '{}'; this version of Nosetip knows resnet18, resnet18_maps, "
      "resnet18_half_maps, conv3, conv5, conv3_bn, conv5_bn and face_detector",
      spec.architecture));
}

bool HasScoreMaps(std::string_view architecture) {
  return architecture == kScoreMapArchitecture || architecture == kHalfScoreMapArchitecture;
}

void SetOutputBias(torch::nn::Sequential& network, const torch::Tensor& mean_points) {
  for (const auto& module : network->children()) {
    if (module->as<ScoreMapHead>() != nullptr) return;
  }
  const torch::NoGradGuard no_grad;
  for (const auto& module : network->modules(/*include_self=*/false)) {
    auto* linear = module->as<torch::nn::Linear>();
    if (linear != nullptr && linear->bias.numel() == mean_points.numel()) {
      linear->bias.copy_(mean_points.reshape({-1}));
      linear->weight.mul_(0.1);
      return;
    }
  }
  Check(false, "a network whose last layer gives the points");
}

void ScaleExpectedErrors(torch::nn::Sequential& network, double factor) {
  Check(factor > 0.1 && factor < 10.0, "a factor near one");
  for (const auto& module : network->children()) {
    if (auto* head = module->as<ScoreMapHead>()) head->AddToLogError(std::log(factor));
  }
}

void StartFromResNet18(const torch::nn::Sequential& from, torch::nn::Sequential& network) {
  // Its last two stages are within the head.
  static constexpr std::array<std::array<const char*, 2>, 4> kNames = {
      {{"head.stage16.0", "layer3_0"},
       {"head.stage16.1", "layer3_1"},
       {"head.stage32.0", "layer4_0"},
       {"head.stage32.1", "layer4_1"}}};
  const torch::NoGradGuard no_grad;
  auto weights = from->named_parameters();
  for (const auto& item : from->named_buffers()) weights.insert(item.key(), item.value());
  const auto copy = [&](const std::string& name, torch::Tensor& target) {
    std::string source = name;
    for (const auto& [ours, theirs] : kNames) {
      if (name.starts_with(ours)) source = theirs + name.substr(std::string(ours).size());
    }
    if (const torch::Tensor* found = weights.find(source)) target.copy_(*found);
  };
  for (auto& item : network->named_parameters()) copy(item.key(), item.value());
  for (auto& item : network->named_buffers()) copy(item.key(), item.value());
}

BasicBlockImpl::BasicBlockImpl(int in, int out, int stride, Weights weights)
    : conv1(register_module(
          "conv1", Convolution(nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false),
                               weights))),
      bn1(register_module("bn1", nn::BatchNorm2d(out))),
      conv2(register_module(
          "conv2", Convolution(nn::Conv2dOptions(out, out, 3).padding(1).bias(false), weights))),
      bn2(register_module("bn2", nn::BatchNorm2d(out))) {
  if (stride == 1 && in == out) return;
  shortcut = register_module(
      "shortcut",
      nn::Sequential(Convolution(nn::Conv2dOptions(in, out, 1).stride(stride).bias(false), weights),
                     nn::BatchNorm2d(out)));
}

torch::Tensor BasicBlockImpl::forward(const torch::Tensor& x) {
  torch::Tensor y = torch::relu(bn1(conv1(x)));
  y = bn2(conv2(y));
  return torch::relu(y + (shortcut.is_empty() ? x : shortcut->forward(x)));
}

torch::nn::Conv2d Convolution(const torch::nn::Conv2dOptions& options, Weights weights) {
  if (weights == Weights::kDrawn) return torch::nn::Conv2d(options);
  // LibTorch's constructor draws the weights, so it gets to make a single one.
  torch::nn::Conv2d convolution(torch::nn::Conv2dOptions(1, 1, 1).bias(options.bias()));
  convolution->options.in_channels(options.in_channels())
      .out_channels(options.out_channels())
      .kernel_size(options.kernel_size())
      .stride(options.stride())
      .padding(options.padding())
      .dilation(options.dilation())
      .groups(options.groups());
  const auto& side = *options.kernel_size();
  convolution->weight.set_data(torch::empty(
      {options.out_channels(), options.in_channels() / options.groups(), side[0], side[1]}));
  if (options.bias()) convolution->bias.set_data(torch::empty({options.out_channels()}));
  return convolution;
}

}  // namespace nosetip

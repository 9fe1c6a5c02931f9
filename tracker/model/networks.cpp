#include "tracker/model/networks.h"

#include "tracker/core/error.h"
#include "tracker/model/basic_block.h"
#include "tracker/model/detector_network.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

void InitialiseConvolutions(nn::Module& network) {
  for (const auto& module : network.modules(/*include_self=*/false)) {
    if (auto* conv = module->as<nn::Conv2d>()) {
      nn::init::kaiming_normal_(conv->weight, 0.0, torch::kFanOut, torch::kReLU);
    }
  }
}

nn::Sequential BuildResNet18(const NetworkSpec& spec) {
  nn::Sequential net;
  net->push_back(
      "conv1",
      nn::Conv2d(nn::Conv2dOptions(spec.channels, 64, 5).stride(2).padding(2).bias(false)));
  net->push_back("bn1", nn::BatchNorm2d(64));
  net->push_back("relu", nn::ReLU());
  net->push_back("pool1", nn::MaxPool2d(nn::MaxPool2dOptions(3).stride(2).padding(1)));
  int in = 64;
  for (int stage = 0; stage < 4; ++stage) {
    const int out = 64 << stage;
    const std::string name = "layer" + std::to_string(stage + 1);
    net->push_back(name + "_0", BasicBlock(in, out, stage == 0 ? 1 : 2));
    net->push_back(name + "_1", BasicBlock(out, out, 1));
    in = out;
  }
  net->push_back("pool2", nn::AdaptiveAvgPool2d(nn::AdaptiveAvgPool2dOptions({1, 1})));
  net->push_back("flatten", nn::Flatten());
  net->push_back("fc", nn::Linear(in, 2 * spec.points));
  net->push_back("points", nn::Unflatten(nn::UnflattenOptions(1, {spec.points, 2})));
  InitialiseConvolutions(*net);
  return net;
}

}  // namespace

torch::nn::Sequential BuildNetwork(const NetworkSpec& spec) {
  if (spec.architecture == "resnet18") return BuildResNet18(spec);
  if (spec.architecture == kFaceDetectorArchitecture) {
    return torch::nn::Sequential(DetectorNetwork());
  }
  throw Error("unknown network architecture '" + spec.architecture +
              "'; this version of Nosetip knows resnet18 and face_detector");
}

void SetOutputBias(torch::nn::Sequential& network, const torch::Tensor& mean_points) {
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

}  // namespace nosetip

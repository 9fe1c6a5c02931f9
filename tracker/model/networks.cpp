#include "tracker/model/networks.h"

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

// Two 3x3 convolutions with a shortcut (He et al. 2016, figure 2).
class BasicBlockImpl : public nn::Module {
 public:
  BasicBlockImpl(int in, int out, int stride)
      : conv1_(register_module(
            "conv1",
            nn::Conv2d(nn::Conv2dOptions(in, out, 3).stride(stride).padding(1).bias(false)))),
        bn1_(register_module("bn1", nn::BatchNorm2d(out))),
        conv2_(register_module("conv2",
                               nn::Conv2d(nn::Conv2dOptions(out, out, 3).padding(1).bias(false)))),
        bn2_(register_module("bn2", nn::BatchNorm2d(out))) {
    if (stride == 1 && in == out) return;
    shortcut_ = register_module(
        "shortcut",
        nn::Sequential(nn::Conv2d(nn::Conv2dOptions(in, out, 1).stride(stride).bias(false)),
                       nn::BatchNorm2d(out)));
  }

  torch::Tensor forward(const torch::Tensor& x) {
    torch::Tensor y = torch::relu(bn1_(conv1_(x)));
    y = bn2_(conv2_(y));
    return torch::relu(y + (shortcut_.is_empty() ? x : shortcut_->forward(x)));
  }

 private:
  nn::Conv2d conv1_;
  nn::BatchNorm2d bn1_;
  nn::Conv2d conv2_;
  nn::BatchNorm2d bn2_;
  nn::Sequential shortcut_{nullptr};
};
TORCH_MODULE(BasicBlock);

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
  throw Error("unknown network architecture '" + spec.architecture +
              "'; this version of Nosetip knows resnet18");
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

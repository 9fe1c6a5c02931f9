// The building block of ResNet18. Includes LibTorch.
#pragma once

#include <torch/torch.h>

#include "tracker/model/convolution.h"

namespace nosetip {

// Two 3x3 convolutions with a shortcut (He et al. 2016, figure 2):
// relu(bn2(conv2(relu(bn1(conv1(x))))) + shortcut(x)).
class BasicBlockImpl : public torch::nn::Module {
 public:
  BasicBlockImpl(int in, int out, int stride, Weights weights = Weights::kDrawn);
  torch::Tensor forward(const torch::Tensor& x);

  torch::nn::Conv2d conv1;
  torch::nn::BatchNorm2d bn1;
  torch::nn::Conv2d conv2;
  torch::nn::BatchNorm2d bn2;
  torch::nn::Sequential shortcut{nullptr};  // empty where x is added as it is
};
TORCH_MODULE(BasicBlock);

}  // namespace nosetip

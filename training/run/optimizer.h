// How a training steps: the optimizer, the order of faces, the learning rate, averaged weights and
// mixed precision. Includes LibTorch.
#pragma once

#include <functional>
#include <memory>

#include <ATen/autocast_mode.h>
#include <torch/torch.h>

namespace nosetip {

// AdamW (Loshchilov, Hutter 2019) for the parameters that need a gradient. Weights decay; biases
// and the parameters of the normalization do not.
std::unique_ptr<torch::optim::AdamW> MakeOptimizer(const torch::nn::Module& network,
                                                   double learning_rate, double weight_decay,
                                                   double epsilon = 1e-8);

struct EpochFaces {
  int64_t own = 0;     // to learn, numbered from 0
  int64_t others = 0;  // to rehearse, numbered after them; half of each batch unless there are none
};
// Numbers of the faces of an epoch's batches, [steps * batch] int64: each once before any is
// repeated.
torch::Tensor RandomOrder(const EpochFaces& faces, int64_t steps, int64_t batch);

struct LearningSchedule {
  double highest = 1e-3;
  int warmup_epochs = 1;
  int epochs = 1;
  int64_t steps_per_epoch = 1;
  bool falls = true;
};

// A linear rise, then a cosine to zero, or a constant where it does not fall. `step` counts from 0
// over the whole run.
double LearningRate(const LearningSchedule& schedule, int64_t step);
void SetLearningRate(torch::optim::AdamW& optimizer, double learning_rate);

// How much of the average stays in `step` (from 0) where `highest` is its decay in the long run:
// less at first, so that it starts as a plain mean.
double AverageDecay(double highest, int64_t step);

// Freezes the batch normalization: it uses its statistics without updating them, and its factors
// and offsets need no gradient. Module::train() undoes the first of the two.
void FreezeNormalization(torch::nn::Module& network);

// Whether it has batch normalization that is not frozen.
bool LearnsStatistics(const torch::nn::Module& network);

// Replaces the statistics of the batch normalization by means over `batches` batches: `forward(i)`
// runs the network on the i-th. Leaves it in evaluation mode.
void RenewStatistics(torch::nn::Module& network, int64_t batches,
                     const std::function<void(int64_t)>& forward);

// Moves the weights `share` (0 to 1) of the way back to those of `start`: L2-SP (Li, Grandvalet,
// Davoine 2018), decoupled from the gradient as AdamW's decay is.
void PullBack(torch::nn::Module& network, const torch::nn::Module& start, double share);

// Copies parameters and buffers into another network of the same architecture.
void CopyWeights(const torch::nn::Module& from, torch::nn::Module& to);

// Stores the weights of convolutions with the channels innermost. Their outputs then are, too, and
// LibTorch need not rearrange them for the next layer. Values stay the same.
void PutChannelsLast(torch::nn::Module& network);

// Updates an exponential moving average of the parameters and the statistics of the normalization.
void AverageWeights(const torch::nn::Module& network, torch::nn::Module& averaged, double decay);

// LibTorch's automatic mixed precision: while it lives, convolutions and matrix products on
// `device` run in bfloat16 where `wanted`.
class MixedPrecision {
 public:
  MixedPrecision(bool wanted, const torch::Device& device)
      : wanted_(wanted), device_(device.type()) {
    if (wanted_) Set(true);
  }
  ~MixedPrecision() {
    if (!wanted_) return;
    Set(false);
    at::autocast::clear_cache();
  }
  MixedPrecision(const MixedPrecision&) = delete;
  MixedPrecision& operator=(const MixedPrecision&) = delete;

 private:
  void Set(bool on) const {
#if TORCH_VERSION_MAJOR > 2 || (TORCH_VERSION_MAJOR == 2 && TORCH_VERSION_MINOR >= 4)
    at::autocast::set_autocast_dtype(device_, at::kBFloat16);
    at::autocast::set_autocast_enabled(device_, on);
#else
    if (device_ == torch::kCUDA) {
      at::autocast::set_autocast_gpu_dtype(at::kBFloat16);
      at::autocast::set_enabled(on);
    } else {
      at::autocast::set_autocast_cpu_dtype(at::kBFloat16);
      at::autocast::set_cpu_enabled(on);
    }
#endif
  }

  bool wanted_;
  torch::DeviceType device_;
};

}  // namespace nosetip

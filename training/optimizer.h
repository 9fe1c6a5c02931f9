// How a training steps: what the optimizer holds, how its rate changes, how weights are averaged.
// Includes LibTorch.
#pragma once

#include <memory>

#include <torch/torch.h>

#include "training/trainer.h"

namespace nosetip {

// AdamW (Loshchilov, Hutter 2019). Weights decay; biases and the parameters of the normalisation do
// not.
std::unique_ptr<torch::optim::AdamW> MakeOptimizer(const torch::nn::Sequential& network,
                                                   const TrainOptions& options);

// A linear rise, then a cosine to zero. `step` counts from 0 over the whole run.
double LearningRate(const TrainOptions& options, int64_t step, int64_t steps_per_epoch);

// How much of the average stays in `step`: little at first, so that it starts as a plain mean.
double AverageDecay(const TrainOptions& options, int64_t step);

// An exponential moving average of the parameters and the statistics of the normalisation.
void AverageWeights(const torch::nn::Module& network, torch::nn::Module& averaged, double decay);

}  // namespace nosetip

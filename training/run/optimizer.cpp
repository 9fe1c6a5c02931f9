#include "training/run/optimizer.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace nosetip {

std::unique_ptr<torch::optim::AdamW> MakeOptimizer(const torch::nn::Module& network,
                                                   double learning_rate, double weight_decay,
                                                   double epsilon) {
  std::vector<torch::Tensor> weights;
  std::vector<torch::Tensor> others;
  for (const torch::Tensor& parameter : network.parameters()) {
    if (!parameter.requires_grad()) continue;
    (parameter.dim() > 1 ? weights : others).push_back(parameter);
  }
  const auto group = [&](std::vector<torch::Tensor> parameters, double decay) {
    auto settings = torch::optim::AdamWOptions(learning_rate).weight_decay(decay).eps(epsilon);
    return torch::optim::OptimizerParamGroup(
        std::move(parameters), std::make_unique<torch::optim::AdamWOptions>(settings));
  };
  return std::make_unique<torch::optim::AdamW>(
      std::vector<torch::optim::OptimizerParamGroup>{group(weights, weight_decay),
                                                     group(others, 0.0)},
      torch::optim::AdamWOptions(learning_rate));
}

torch::Tensor RandomOrder(const EpochFaces& faces, int64_t steps, int64_t batch) {
  const auto rounds_of = [steps](int64_t count, int64_t a_step) {
    std::vector<torch::Tensor> rounds;
    for (int64_t have = 0; have < steps * a_step; have += count) {
      rounds.push_back(torch::randperm(count, torch::kInt64));
    }
    return torch::cat(rounds).slice(0, 0, steps * a_step).view({steps, a_step});
  };
  if (faces.others == 0) return rounds_of(faces.own, batch).view({-1});
  const torch::Tensor own = rounds_of(faces.own, batch - batch / 2);
  const torch::Tensor others = faces.own + rounds_of(faces.others, batch / 2);
  return torch::cat({own, others}, 1).view({-1});
}

double LearningRate(const LearningSchedule& schedule, int64_t step) {
  const auto at = static_cast<double>(step);
  const auto rise = static_cast<double>(schedule.warmup_epochs * schedule.steps_per_epoch);
  const auto all = static_cast<double>(schedule.epochs * schedule.steps_per_epoch);
  const double warm = rise > 0.0 ? std::min(1.0, (at + 1.0) / rise) : 1.0;
  if (!schedule.falls) return schedule.highest * warm;
  return schedule.highest * warm * 0.5 * (1.0 + std::cos(std::numbers::pi * at / all));
}

void SetLearningRate(torch::optim::AdamW& optimizer, double learning_rate) {
  for (auto& group : optimizer.param_groups()) {
    static_cast<torch::optim::AdamWOptions&>(group.options()).lr(learning_rate);
  }
}

double AverageDecay(double highest, int64_t step) {
  return std::min(highest, static_cast<double>(step + 1) / static_cast<double>(step + 10));
}

void FreezeNormalization(torch::nn::Module& network) {
  for (const auto& module : network.modules(/*include_self=*/false)) {
    auto* norm = module->as<torch::nn::BatchNorm2d>();
    if (norm == nullptr) continue;
    norm->eval();
    for (const torch::Tensor& parameter : norm->parameters()) parameter.requires_grad_(false);
  }
}

bool LearnsStatistics(const torch::nn::Module& network) {
  return std::ranges::any_of(network.modules(/*include_self=*/false), [](const auto& module) {
    const auto* norm = module->template as<torch::nn::BatchNorm2d>();
    return norm != nullptr && norm->weight.requires_grad();
  });
}

void RenewStatistics(torch::nn::Module& network, int64_t batches,
                     const std::function<void(int64_t)>& forward) {
  const torch::NoGradGuard no_grad;
  std::vector<std::pair<torch::nn::BatchNorm2dImpl*, double>> norms;
  for (const auto& module : network.modules(/*include_self=*/false)) {
    auto* norm = module->as<torch::nn::BatchNorm2d>();
    if (norm == nullptr || !norm->options.momentum()) continue;
    norms.emplace_back(norm, *norm->options.momentum());
    norm->reset_running_stats();
    norm->options.momentum(c10::nullopt);  // the plain mean over all batches
  }
  network.train();
  for (int64_t i = 0; i < batches; ++i) forward(i);
  network.eval();
  for (const auto& [norm, momentum] : norms) norm->options.momentum(momentum);
}

void PullBack(torch::nn::Module& network, const torch::nn::Module& start, double share) {
  const torch::NoGradGuard no_grad;
  const auto towards = start.named_parameters();
  for (auto& item : network.named_parameters()) {
    if (item.value().requires_grad()) item.value().lerp_(towards[item.key()], share);
  }
}

void AverageWeights(const torch::nn::Module& network, torch::nn::Module& averaged, double decay) {
  const torch::NoGradGuard no_grad;
  const auto parameters = network.named_parameters();
  for (auto& item : averaged.named_parameters()) {
    item.value().lerp_(parameters[item.key()], 1.0 - decay);
  }
  const auto buffers = network.named_buffers();
  for (auto& item : averaged.named_buffers()) {
    if (item.value().is_floating_point()) {
      item.value().lerp_(buffers[item.key()], 1.0 - decay);
    } else {
      item.value().copy_(buffers[item.key()]);
    }
  }
}

void CopyWeights(const torch::nn::Module& from, torch::nn::Module& to) {
  const torch::NoGradGuard no_grad;
  const auto parameters = from.named_parameters();
  for (auto& item : to.named_parameters()) item.value().copy_(parameters[item.key()]);
  const auto buffers = from.named_buffers();
  for (auto& item : to.named_buffers()) item.value().copy_(buffers[item.key()]);
}

void PutChannelsLast(torch::nn::Module& network) {
  for (torch::Tensor& parameter : network.parameters()) {
    if (parameter.dim() == 4) {
      parameter.set_data(parameter.contiguous(at::MemoryFormat::ChannelsLast));
    }
  }
}

}  // namespace nosetip

#include "training/parallel_step.h"

#include <algorithm>
#include <future>
#include <utility>

#include "tracker/model/device.h"

namespace nosetip {
namespace {

// Of the same numbers in memory, which one of the networks then changes for both.
void ShareWeights(const torch::nn::Module& from, torch::nn::Module& to) {
  const auto weights = from.named_parameters();
  for (auto& item : to.named_parameters()) {
    item.value().set_data(weights[item.key()].detach());
    item.value().set_requires_grad(weights[item.key()].requires_grad());
  }
}

void ForgetGradients(torch::nn::Module& network) {
  for (torch::Tensor& parameter : network.parameters()) parameter.mutable_grad().reset();
}

void AddGradients(const torch::nn::Module& from, torch::nn::Module& to) {
  const auto added = from.named_parameters();
  for (auto& item : to.named_parameters()) {
    const torch::Tensor gradient = added[item.key()].grad();
    if (gradient.defined()) item.value().mutable_grad().add_(gradient);
  }
}

}  // namespace

int64_t PartsOfBatch(int64_t batch, int threads) {
  return std::clamp<int64_t>(batch / kFewestFacesAPart, 1, std::max(1, threads));
}

ParallelStep::ParallelStep(torch::nn::Sequential network, const Build& build, int64_t parts,
                           int threads)
    : parts_{std::move(network)}, threads_each_(std::max(1, threads / static_cast<int>(parts))) {
  while (static_cast<int64_t>(parts_.size()) < parts) {
    parts_.push_back(build());
    ShareWeights(*parts_.front(), *parts_.back());
  }
  ShareStatistics();
}

void ParallelStep::ForEach(const std::function<void(torch::nn::Module&)>& change) {
  for (torch::nn::Sequential& part : parts_) change(*part);
}

double ParallelStep::Gradients(int64_t batch, const Loss& loss) {
  const auto count = static_cast<int64_t>(parts_.size());
  const auto run = [&](int64_t part) {
    torch::nn::Sequential& network = parts_[static_cast<size_t>(part)];
    ForgetGradients(*network);
    const int64_t faces = (batch - part + count - 1) / count;
    const double share = static_cast<double>(faces) / static_cast<double>(batch);
    const torch::Tensor of_part = share * loss(network, {part, count});
    of_part.backward();
    return of_part.item<double>();
  };
  std::vector<std::future<double>> others;
  for (int64_t part = 1; part < count; ++part) {
    others.push_back(std::async(std::launch::async, [&, part] {
      PrepareTorchThread(threads_each_);
      return run(part);
    }));
  }
  PrepareTorchThread(threads_each_);
  double sum = run(0);
  for (size_t i = 0; i < others.size(); ++i) {
    sum += others[i].get();
    AddGradients(*parts_[i + 1], *parts_.front());
  }
  ShareStatistics();
  return sum;
}

// All go on from the mean.
void ParallelStep::ShareStatistics() {
  const torch::NoGradGuard no_grad;
  for (auto& item : parts_.front()->named_buffers()) {
    if (!item.value().is_floating_point()) continue;
    std::vector<torch::Tensor> all;
    for (auto& part : parts_) all.push_back(part->named_buffers()[item.key()]);
    const torch::Tensor mean = torch::stack(all).mean(0);
    for (torch::Tensor& each : all) each.copy_(mean);
  }
}

}  // namespace nosetip

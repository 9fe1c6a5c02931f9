// What a stopped training needs to go on. Includes LibTorch.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>
#include <torch/torch.h>

#include "tracker/model/networks.h"
#include "training/run/history.h"

namespace nosetip {

// How far the epoch had come that a stop cut short.
struct PartialEpoch {
  int epoch = 0;  // 0: none was
  int64_t steps = 0;
  double loss_sum = 0.0;
  double seconds = 0.0;
  torch::Tensor cpu_random;     // states of the generators
  torch::Tensor device_random;  // undefined where the device is the CPU
};

// The parts of a run that change from epoch to epoch.
struct RunState {
  torch::nn::Sequential network{nullptr};
  torch::nn::Sequential averaged{nullptr};
  std::unique_ptr<torch::optim::AdamW> optimizer;
  HistoryTable history;
  PartialEpoch partial;

  torch::Device Device() const { return network->parameters().front().device(); }
};

struct OptimizerSettings {
  double learning_rate = 1e-3;
  double weight_decay = 0.0;
  double epsilon = 1e-8;
};

// Two networks with random weights; no optimizer yet.
RunState NewRunState(const NetworkSpec& spec);
// After the network's first weights are set: the average starts at them, both move to the device
// with their channels last, and the optimizer is made.
void StartRun(RunState& state, const torch::Device& device, const OptimizerSettings& settings);

// `epoch` with the states of the generators as they are now.
PartialEpoch WithRandomState(PartialEpoch epoch, const torch::Device& device);
// What a stop has left of this epoch, to go on from; it is no more in the state afterwards. An
// empty one where nothing is left.
PartialEpoch TakePartial(RunState& state, int epoch);
// Sets the generators to what they were when the epoch was cut short; an empty one leaves them. On
// another device than then, that device's goes its own way.
void RestoreRandomState(const PartialEpoch& epoch, const torch::Device& device);

// Written beside and renamed, so that a kill leaves the previous state. `identity` is everything
// that must be the same for the run to go on: sections of named values.
void SaveRunState(const std::filesystem::path& path, const RunState& state,
                  const nlohmann::json& identity);

// Fills a state made with the same options; `columns` are those of its history. Throws Error for a
// broken file, or where the run was started with other options or data, naming the first
// difference. An option that the run does not name, since its version had none, was off: 0, false
// or empty.
void LoadRunState(const std::filesystem::path& path, const nlohmann::json& identity,
                  const std::vector<std::string>& columns, RunState& state);

}  // namespace nosetip

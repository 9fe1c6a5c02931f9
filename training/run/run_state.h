// Everything that a stopped training needs to continue. Includes LibTorch.
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

// What was done of an epoch before a stop.
struct PartialEpoch {
  int epoch = 0;  // 0: the run stands between two epochs
  int64_t steps = 0;
  double loss_sum = 0.0;
  double seconds = 0.0;
  torch::Tensor cpu_random;     // state of the CPU's generator
  torch::Tensor device_random;  // of the device's; undefined where the device is the CPU
};

// The parts of a run that change from epoch to epoch.
struct RunState {
  torch::nn::Sequential network{nullptr};
  torch::nn::Sequential averaged{nullptr};
  std::unique_ptr<torch::optim::AdamW> optimizer;
  HistoryTable history;
  PartialEpoch partial;              // of the epoch after the history's last
  std::vector<RaisedEpochs> raised;  // each time that it was, in order

  torch::Device Device() const { return network->parameters().front().device(); }
};

struct OptimizerSettings {
  double learning_rate = 1e-3;
  double weight_decay = 0.0;
  double epsilon = 1e-8;
};

// Two networks with random weights; no optimizer yet.
RunState NewRunState(const NetworkSpec& spec);
// To be called once the network has its first weights: the average starts with them, both networks
// move to the device with their channels last, and the optimizer is made.
void StartRun(RunState& state, const torch::Device& device, const OptimizerSettings& settings);

// `epoch` with the present states of LibTorch's generators.
PartialEpoch WithRandomState(PartialEpoch epoch, const torch::Device& device);
// Sets the generators to the states in `epoch`; leaves them alone where it has none. A run that is
// resumed on another kind of device does not repeat the random numbers of the first.
void RestoreRandomState(const PartialEpoch& epoch, const torch::Device& device);

// Written beside and renamed, so that a kill leaves the previous state. `identity` is everything
// that must be the same for the run to continue: sections of named values. Throws Error where the
// file cannot be written.
void SaveRunState(const std::filesystem::path& path, const RunState& state,
                  const nlohmann::json& identity);

// Fills a state that StartRun has prepared with the same options; `columns` are those of its
// history. Throws Error for a broken file, and where the run was started with other options or
// data, naming the first difference; the state is of no use then. An option that only one of the
// two versions of Nosetip knows must be off (0, false or empty) in the other. With
// `may_raise` the option "epochs" may be higher than before, which adds to `raised`.
void LoadRunState(const std::filesystem::path& path, const nlohmann::json& identity,
                  const std::vector<std::string>& columns, RunState& state, bool may_raise = true);

}  // namespace nosetip

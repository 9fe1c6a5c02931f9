// What a stopped training needs to go on. Includes LibTorch.
#pragma once

#include <filesystem>
#include <memory>

#include <nlohmann/json.hpp>
#include <torch/torch.h>

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
  nlohmann::json history = nlohmann::json::array();  // see JsonFromHistory
  PartialEpoch partial;
};

// `epoch` with the states of the generators as they are now.
PartialEpoch WithRandomState(PartialEpoch epoch, const torch::Device& device);
// What a stop has left of this epoch, to go on from, and sets the generators to what they were
// then. It is no more in the state afterwards. On another device than then, that device's goes its
// own way.
PartialEpoch TakePartial(RunState& state, int epoch, const torch::Device& device);

// Written beside and renamed, so that a kill leaves the previous state. `identity` is everything
// that must be the same for the run to go on: sections of named values.
void SaveRunState(const std::filesystem::path& path, const RunState& state,
                  const nlohmann::json& identity);

// Fills a state made with the same options. Throws Error for a broken file, or where the run was
// started with other options or data, naming the first difference. An option that the run does not
// name, since its version had none, was off: 0, false or empty.
void LoadRunState(const std::filesystem::path& path, const nlohmann::json& identity,
                  const torch::Device& device, RunState& state);

}  // namespace nosetip

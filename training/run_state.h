// What a stopped training needs to go on. Includes LibTorch.
#pragma once

#include <filesystem>
#include <memory>

#include <nlohmann/json.hpp>
#include <torch/torch.h>

namespace nosetip {

// The parts of a run that change from epoch to epoch.
struct RunState {
  torch::nn::Sequential network{nullptr};
  torch::nn::Sequential averaged{nullptr};
  std::unique_ptr<torch::optim::AdamW> optimizer;
  nlohmann::json history;  // see JsonFromHistory
};

// Written beside and renamed, so that a kill leaves the previous state. `identity` is everything
// that must be the same for the run to go on: sections of named values.
void SaveRunState(const std::filesystem::path& path, const RunState& state,
                  const nlohmann::json& identity);

// Fills a state made with the same options. Throws Error for a broken file, or where the run was
// started with other options or data, naming the first difference.
void LoadRunState(const std::filesystem::path& path, const nlohmann::json& identity,
                  const torch::Device& device, RunState& state);

}  // namespace nosetip

// Model files: safetensors files that hold the weights and, as metadata, everything that is needed
// to run the network (docs/formats.md, "Tensor files"). Includes LibTorch.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tracker/core/crop.h"
#include "tracker/model/networks.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {

inline constexpr int kModelFormatVersion = 2;
// The entry of ModelMeta::about with the groups that the model was trained on.
inline constexpr const char* kTrainedGroups = "trained_groups";

struct ModelMeta {
  NetworkSpec network;
  std::string schema = "ibug68";
  CropView view = CropView::kFace;
  float crop_margin = 1.3F;  // see CropFromFrame
  // For running it in 8 bits; empty where they were not measured, or it has no score maps.
  std::vector<ActivationRange> ranges;
  // For people: recipe, data and its license, seed, accuracy. Kept as it is.
  nlohmann::json about = nlohmann::json::object();
};

// How a picture becomes the input of the network: "grey/255-0.5" or "bgr" (0 ... 255).
std::string Normalization(const NetworkSpec& network);

struct Model {
  ModelMeta meta;
  torch::nn::Sequential network{nullptr};  // float32, on the CPU, in evaluation mode
  torch::nn::Sequential eyes{nullptr};     // likewise; see EyeRefiner. Null for a model without
};

// As an AtomicFile. `half` stores the weights as float16: half the size, an error far below a
// pixel. Throws Error where the file cannot be written.
void SaveModel(const std::filesystem::path& path, const Model& model, bool half);

// Throws Error, naming the file, where it is missing, truncated, not a model, of a format version
// or architecture that this program does not know, or where a weight is missing, has another shape
// or is not finite.
Model LoadModel(const std::filesystem::path& path);

// Only the description: the weights are not read. Throws Error as LoadModel, except for those.
ModelMeta ReadModelMeta(const std::filesystem::path& path);

}  // namespace nosetip

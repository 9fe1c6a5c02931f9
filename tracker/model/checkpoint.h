// Model files (.ntm): one torch archive that holds the weights and one JSON string `meta` with
// everything that is needed to run the network. Includes LibTorch.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "tracker/core/crop.h"
#include "tracker/model/networks.h"
#include "tracker/model/score_map_head.h"

namespace nosetip {

inline constexpr int kModelFormatVersion = 1;

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
};

// As an AtomicFile. `half` stores the weights as float16: half the size, an error far below a
// pixel. Throws Error where the file cannot be written.
void SaveModel(const std::filesystem::path& path, const Model& model, bool half);

// Throws Error, naming the file, where it is missing, truncated, not a model, of a format version
// or architecture that this program does not know, or where a weight is missing or has another
// shape.
Model LoadModel(const std::filesystem::path& path);

struct OpenedArchive {
  torch::serialize::InputArchive archive;
  std::string meta;  // empty where it has none
};

// Opens any torch archive of Nosetip with the same errors; `what` is its kind in the messages.
OpenedArchive OpenArchive(const std::filesystem::path& path, const std::string& what);

// As an AtomicFile.
void WriteArchive(const std::filesystem::path& path, torch::serialize::OutputArchive& archive);

// Parameters and buffers under their names, into and out of an archive.
void WriteWeights(torch::serialize::OutputArchive& archive, const torch::nn::Module& module,
                  const std::string& prefix, bool half = false);
// Throws Error that begins with `where` for a weight that is missing or has another shape.
void ReadWeights(torch::serialize::InputArchive& archive, torch::nn::Module& module,
                 const std::string& prefix, const std::string& where);

}  // namespace nosetip

// Which landmark model to load, and what a model file contains. Free of LibTorch.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tracker/core/crop.h"
#include "tracker/core/geometry.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

inline constexpr std::string_view kAutoModel = "auto";

// Half of a frame at 30 a second: room for a second face and for the rest of the work.
inline constexpr double kLiveFaceMs = 16.0;

// The two models that "auto" chooses from.
struct AutoModels {
  std::string accurate;
  std::string fast;  // need not exist
};

// Those of this installation: face68.safetensors and face68-fast.safetensors.
AutoModels ShippedModels();

// kLive for a camera or stream, whose frames do not wait; kReproducible for files, whose results
// must not depend on how busy the machine is.
enum class Pace { kReproducible, kLive };

// The file that `wanted` stands for with kReproducible: the accurate one for "auto"; for a name
// without a folder that is not a file, such as "face68-fast", that of this installation. Throws
// Error where such a name has no extension either and this installation has no such model.
std::string LandmarkFile(const std::string& wanted, const AutoModels& models = ShippedModels());

struct LoadedModel {
  std::string path;
  std::string reason;  // why this one, for the user; empty where it was asked for
  std::vector<std::unique_ptr<Landmarker>> landmarkers;
};

// Loads `wanted`, a .safetensors file or a name as for LandmarkFile, as LoadLandmarkers does.
// "auto" takes the accurate model, or with kLive on a CPU the fast one where the accurate one turns
// out to take more than kLiveFaceMs per face. Throws Error as LoadLandmarkers does.
LoadedModel LoadModelFor(const std::string& wanted, const DeviceChoice& device, size_t count,
                         int threads, Pace pace, const AutoModels& models = ShippedModels());

inline constexpr const char* kNoneHeldOut = "none";

// The description in a model file.
struct ModelInfo {
  std::string architecture;
  std::string schema;
  CropView view = CropView::kFace;
  SizePx input_px;
  float crop_margin = 1.0F;  // see CropFromFrame
  // Measured by its training; nothing where the file has none, or where the schema has no eye
  // corners.
  std::optional<double> validation_nme;  // percent of the outer-eye distance
  std::optional<double> validation_mse;  // of coordinates in units of the crop
  int validation_faces = 0;
  // Which faces its training held out, by the options of nosetip-train, in one line; empty where
  // the file has no such options, kNoneHeldOut where it was trained on all. Models with the same
  // text held out the same faces.
  std::string held_out;
  // The groups that it was trained on, for training/data/trained_groups.h; empty where the file
  // does not have them.
  std::string trained_groups;
};

// Reads the whole file. Throws Error, naming it, for what LoadLandmarker refuses.
ModelInfo ReadModelInfo(const std::filesystem::path& path);

}  // namespace nosetip

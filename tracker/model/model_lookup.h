// Which landmark model runs where none was chosen. Free of LibTorch.
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

// The two models to choose from.
struct AutoModels {
  std::string accurate;
  std::string fast;  // need not be there
};

// Those of this installation: face68.ntm and face68-fast.ntm.
AutoModels ShippedModels();

// Frames of a camera or stream do not wait; those of a file do, and what is found in them is not to
// depend on how busy the machine is.
enum class Pace { kReproducible, kLive };

// The file that `wanted` stands for where answers repeat: the accurate one for "auto"; for a name
// without a folder that is no file, such as "face68-fast", that of this installation.
std::string LandmarkFile(const std::string& wanted, const AutoModels& models = ShippedModels());

struct LoadedModel {
  std::string path;
  std::string reason;  // why this one, for the user; empty where it was asked for
  std::vector<std::unique_ptr<Landmarker>> landmarkers;
};

// Loads `wanted`, a .ntm file, as LoadLandmarkers does. "auto" takes the accurate model, or the
// fast one where the pace is live, the network runs on the CPU and one face takes the accurate one
// longer than kLiveFaceMs, which is measured. Names as for LandmarkFile. Throws Error as
// LoadLandmarkers does.
LoadedModel LoadModelFor(const std::string& wanted, const DeviceChoice& device, size_t count,
                         int threads, Pace pace, const AutoModels& models = ShippedModels());

// What a model file says about itself.

inline constexpr const char* kNoneHeldOut = "none";

struct ModelInfo {
  std::string architecture;
  std::string schema;
  CropView view = CropView::kFace;
  SizePx input_px;
  float crop_margin = 1.0F;  // see CropFromFrame
  // As its training measured it; nothing where the file does not say, or where the schema has no
  // eye corners.
  std::optional<double> validation_nme;  // percent of the outer-eye distance
  std::optional<double> validation_mse;  // of coordinates in units of the crop
  int validation_faces = 0;
  // Which faces its training held out, by the options of nosetip-train, in one line; empty where
  // the file does not say, kNoneHeldOut where it was trained on all. Models with the same text were
  // kept from the same faces.
  std::string held_out;
};

// Reads the whole file. Throws Error, naming it, for what LoadLandmarker refuses.
ModelInfo ReadModelInfo(const std::filesystem::path& path);

}  // namespace nosetip

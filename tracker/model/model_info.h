// What a model file says about itself. Free of LibTorch, so that every room may include it.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "tracker/core/crop.h"
#include "tracker/core/geometry.h"

namespace nosetip {

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

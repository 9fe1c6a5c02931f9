// The errors of predicted faces whose true points are known. Free of LibTorch.
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "training/evaluation/face_errors.h"
#include "training/evaluation/predict_inputs.h"

namespace nosetip {

struct PredictedError {
  std::filesystem::path picture;
  size_t box = 0;    // of the picture's boxes, from 1
  double nme = 0.0;  // percent of ErrorUnit
  CoordinateErrors coordinates;
};

// Of those faces of a picture whose true points are known and have all points of `schema`, which is
// the model's. `faces` are what it found, one per box. A face that cannot be measured is told of.
std::vector<PredictedError> ErrorsOfPicture(const PictureToPredict& input, SizePx picture_px,
                                            const LandmarkSchema& schema,
                                            std::span<const Landmarks> faces,
                                            const std::function<void(const std::string&)>& on_note);

// Lines for the terminal: figures of these faces, one or more, as `evaluate` prints them.
std::string ErrorsText(std::span<const PredictedError> errors, const LandmarkSchema& schema);

// A table with the header file,box,nme_percent,mae_px,mse_px2.
std::string ErrorsCsv(std::span<const PredictedError> errors);

}  // namespace nosetip

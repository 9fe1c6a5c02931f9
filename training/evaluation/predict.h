// Predicts the landmarks of faces in pictures and writes them: drawn, as .pts, as a Kaggle CSV.
// Measures their errors where the true points are known.
// Free of LibTorch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "training/evaluation/face_predictor.h"
#include "training/evaluation/predict_errors.h"
#include "training/evaluation/predict_inputs.h"

namespace nosetip {

struct PredictOptions {
  std::filesystem::path out = "out";  // folder of pictures and .pts; created where it is missing
  bool pictures = false;              // NAME.jpg of a JPEG, NAME.png of any other
  bool pts = false;                   // NAME.pts, or NAME_1.pts, NAME_2.pts ... of several faces
  std::filesystem::path kaggle;       // the CSV; empty for none
  int64_t first_id = 0;               // of the CSV
  std::filesystem::path errors{};     // a CSV of each face's error; empty for none
  bool skip_missing = false;          // skip pictures that are missing or broken
};

struct PredictEvents {
  std::function<void(size_t done)> on_picture = [](size_t) {};
  // What the user should know about a picture, which it names.
  std::function<void(const std::string&)> on_note = [](const std::string&) {};
  std::stop_token stop;
};

struct PredictSummary {
  size_t pictures = 0;      // that were read
  size_t faces = 0;         // in them
  size_t without_face = 0;  // pictures
  size_t rejected = 0;      // faces that were detected, see FoundFaces
  size_t bad_boxes = 0;     // that were not usable, see FacePredictor
  size_t skipped = 0;       // pictures that are missing or broken
  int64_t rows = 0;         // of the CSV, without its header
  // Of each box whose true points are known, in order.
  std::vector<PredictedError> errors;
  const LandmarkSchema* schema = nullptr;  // of the model
  size_t other_points = 0;  // boxes whose true points lack some of the model's: not measured
  bool stopped = false;
};

// A picture with boxes has one face per box, any other the faces that are found in it. No picture
// of `inputs` and no file beside one is ever replaced; where two outputs would have the same name,
// the later one gets "-2" and so on appended.
//
// The CSV has each box's face, in order. A picture without boxes has one face there: the largest
// found, or that of FacePredictor::InWholePicture. The box of a skipped picture has its center for
// each point. So rows never shift. A picture without boxes that cannot be read is an Error even
// with `skip_missing`, since nothing could replace its face.
//
// Throws Error without `skip_missing` where pictures are missing, before anything is written, and
// later for one that is broken; always for an output that cannot be written. After an Error or a
// stop there is no CSV of either kind; other files that were written stay.
PredictSummary PredictPictures(std::span<const PictureToPredict> inputs, FacePredictor& predictor,
                               const PredictOptions& options, const PredictEvents& events = {});

// Lines for the terminal.
std::string SummaryText(const PredictSummary& summary, const PredictOptions& options);

}  // namespace nosetip

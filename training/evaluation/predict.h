// Predicts the landmarks of faces in pictures and writes them: drawn, as .pts, as a Kaggle CSV.
// Free of LibTorch.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>

#include "training/evaluation/face_predictor.h"
#include "training/evaluation/predict_inputs.h"

namespace nosetip {

struct PredictOptions {
  std::filesystem::path out = "out";  // folder of pictures and .pts; is made where it is missing
  bool pictures = false;              // NAME.jpg of a JPEG, NAME.png of any other
  bool pts = false;                   // NAME.pts, or NAME_1.pts, NAME_2.pts ... of several faces
  std::filesystem::path kaggle;       // the CSV; empty for none
  int64_t first_id = 0;               // of the CSV
  bool skip_missing = false;          // go on where a picture is missing or broken
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
  size_t bad_boxes = 0;     // that were not usable, see FacePredictor
  size_t skipped = 0;       // pictures that are missing or broken
  int64_t rows = 0;         // of the CSV, without its header
  bool stopped = false;
};

// A picture with boxes has one face a box, any other those that are found in it. Nothing is written
// in the place of a picture of `inputs`, nor of any file beside one; where two outputs would have
// one name, the later one has "-2" and so on appended.
//
// The CSV has each box's face, in order. A picture without boxes has one face there: the largest
// found, or what is seen in the picture as a whole. A box of a picture that was skipped has its
// middle for each point. So rows never shift. A picture without boxes that cannot be read is an
// Error in spite of `skip_missing`, as nothing is known that could stand there.
//
// Throws Error, before anything is written, where pictures are missing, and later for one that is
// broken, both without `skip_missing`; for an output that cannot be written. After an Error or a
// stop there is no CSV; what else was written stays.
PredictSummary PredictPictures(std::span<const PictureToPredict> inputs, FacePredictor& predictor,
                               const PredictOptions& options, const PredictEvents& events = {});

// Lines for the terminal.
std::string SummaryText(const PredictSummary& summary, const PredictOptions& options);

}  // namespace nosetip

// Measures a landmarker on faces with known points. Free of LibTorch.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/metrics.h"
#include "training/pack.h"

namespace nosetip {

struct FaceToMeasure {
  std::string name;
  std::function<Image()> picture;  // throws Error where it cannot be read
  std::vector<Point2f> truth_px;
};

// The packed faces, as grey pictures. With `held_out_percent` above 0 only those held out (see
// IsHeldOut); with `parts` (comma-separated) only those of these parts.
std::vector<FaceToMeasure> FacesOfPack(const std::shared_ptr<const FacePack>& pack,
                                       int held_out_percent, const std::string& parts);

// Finds the landmarks of the face whose true landmarks `truth_box` bounds; nothing where it is not
// found.
using FaceLocator =
    std::function<std::optional<std::vector<Point2f>>(const Image&, const RectF& truth_box)>;

struct MeasuredFace {
  size_t index = 0;                // into the faces that were given
  std::optional<double> nme;       // percent; nothing where it was not found
  std::vector<Point2f> predicted;  // empty where it was not found
};

struct Evaluation {
  AccuracySummary summary;
  std::vector<MeasuredFace> faces;     // in the order given
  std::vector<double> landmark_error;  // mean of each point over the faces found, percent
  std::vector<std::string> problems;   // faces left out, each with the reason
};

// Throws Error where no face can be measured, or where the schema has no eye corners.
Evaluation Evaluate(
    const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema,
    const FaceLocator& locate, const std::function<void(size_t)>& on_face = [](size_t) {});

}  // namespace nosetip

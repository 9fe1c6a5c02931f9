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
#include "tracker/model/landmarker.h"
#include "training/data/held_out.h"
#include "training/data/pack.h"
#include "training/evaluation/expression_errors.h"
#include "training/evaluation/face_errors.h"
#include "training/evaluation/reliability.h"

namespace nosetip {

struct FaceToMeasure {
  std::string name;
  std::function<Image()> picture;  // throws Error where it cannot be read
  std::vector<Point2f> truth_px;
  RectF box;            // bounds the landmarks of the face, also those that the schema leaves out
  std::string group{};  // of the data set
  // The photograph that `picture` shows a part of, and its pixels per pixel of `picture`. Errors
  // are measured in its pixels and its diagonal. A size of zero: `picture` is the photograph.
  SizePx photograph_px{};
  float photograph_per_pixel = 1.0F;
};

// The packed faces of the wanted parts, as gray pictures: those held out, or all where `hold_out`
// holds out none.
std::vector<FaceToMeasure> FacesOfPack(const std::shared_ptr<const FacePack>& pack,
                                       const HoldOut& hold_out);

// Finds the landmarks of the face in `truth_box`; nothing where it is not found.
using LocateFace = std::function<std::optional<Landmarks>(const Image&, const RectF& truth_box)>;

// Crops around the true landmarks' bounds, as papers do. The landmarker must outlive the result.
LocateFace LocateInTruthBoxes(Landmarker& landmarker);

// Which of the data's points are the model's. Throws Error that names both schemas where some are
// missing.
std::vector<int> CheckedPoints(const LandmarkSchema& model, const LandmarkSchema& given,
                               const std::string& data);

struct MeasuredFace {
  size_t index = 0;                // into the faces that were given
  std::optional<double> nme;       // percent of Evaluation::unit; nothing where it was not found
  std::vector<Point2f> predicted;  // empty where it was not found
  // From the true to the predicted points, in percent of Evaluation::unit; as many as `predicted`.
  std::vector<Point2f> offsets{};
};

struct Evaluation {
  std::string unit;  // of errors: see ErrorUnit
  AccuracySummary summary;
  CoordinateErrors coordinates;        // of the faces that were found
  std::vector<MeasuredFace> faces;     // in the order given
  std::vector<double> landmark_error;  // mean of each point over the faces found, percent
  // Of the faces found; empty where the model does not predict its own error, or where the schema
  // has no eye corners.
  std::vector<ReliabilityBin> reliability;
  // Of the faces found; nothing where the schema lacks the points of ExpressionOf.
  std::optional<ExpressionErrors> expression;
  // Per signal, of a full build; see SignalErrorsOf.
  std::vector<MeasureErrors> signals;
  std::vector<std::string> problems;  // faces left out, each with the reason
};

// Throws Error where no face can be measured.
Evaluation Evaluate(
    const std::vector<FaceToMeasure>& faces, const LandmarkSchema& schema, const LocateFace& locate,
    const std::function<void(size_t)>& on_face = [](size_t) {});

}  // namespace nosetip

// An old and a new model on the same faces. Free of LibTorch and OpenCV.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/core/metrics.h"

namespace nosetip {

// A face to look at. Points are in the picture's pixels.
struct ShownFace {
  Image picture;
  std::vector<Point2f> truth_px;      // may be empty
  std::vector<Point2f> predicted_px;  // may be empty
  std::string caption;
};

struct MeasuredModel {
  std::string path;
  AccuracySummary summary;
};

// Errors are in percent of ModelComparison::unit.
struct ComparedFace {
  std::string name;
  double old_error = 0.0;
  double new_error = 0.0;
};

struct ComparedPicture {
  ShownFace old_answer;
  ShownFace new_answer;
};

enum class Verdict {
  kNoComparison,  // there is no old model, or it cannot be compared
  kBetter,        // the new model, by more than chance would give
  kUnclear,       // the difference may be chance, or the new model has learned these faces
  kWorse,
};

// Both models were shown the same held-out faces in the same boxes. The new model's best epoch was
// chosen by these faces, so its error is a little too good. Where the new model's training held out
// none, they are those that it was trained on.
struct ModelComparison {
  std::string unit;  // what errors are in percent of
  MeasuredModel new_model;
  std::optional<MeasuredModel> old_model;
  std::string remark;  // why there is no old model, or what makes it unfair; or empty
  bool on_training_faces = false;
  std::vector<ComparedFace> faces;  // of both models; empty without an old one
  double gain = 0.0;                // mean of old error less new error
  double gain_standard_error = 0.0;
  std::vector<ComparedPicture> pictures;  // from the largest loss to the largest gain
};

// Better or worse where the mean gain is more than two of its standard errors from zero; on the
// new model's own training faces never better.
Verdict VerdictOf(const ModelComparison& comparison);

}  // namespace nosetip

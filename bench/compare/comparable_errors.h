// Errors over the points that two schemes have in common.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/metrics.h"

namespace nosetip {

// A face that was found.
struct ComparedFace {
  std::vector<Point2f> truth_px;
  std::vector<Point2f> predicted_px;  // as many, the same places
  double eye_distance_px = 0.0;       // of the true outer corners
};

// In percent of the eye distance; a face is a failure where its error is above 8 % or it was not
// found, and counts in the mean and the median only where it was.
struct ComparableFigures {
  double nme_mean = 0.0;
  double nme_median = 0.0;
  double failure_rate = 0.0;  // percent of all faces
};

struct ComparableErrors {
  int faces = 0;
  int not_found = 0;
  ComparableFigures as_found;
  // With each point's mean offset taken away, in eye distances over all faces: what is left of the
  // error where both schemes mean nearby places, but not the same.
  ComparableFigures without_offsets;
};

// One a face; nothing where it was not found. All have the same points.
ComparableErrors MeasureComparable(std::span<const std::optional<ComparedFace>> faces);

}  // namespace nosetip

// Errors over the points that two landmark schemas share, and a table of them.
#pragma once

#include <optional>
#include <span>
#include <string>
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

// In percent of the eye distance. A face is a failure where its error is above 8 % or it was not
// found; only found faces count in the mean and the median.
struct ComparableFigures {
  double nme_mean = 0.0;
  double nme_median = 0.0;
  double failure_rate = 0.0;  // percent of all faces
};

struct ComparableErrors {
  int faces = 0;
  int not_found = 0;
  ComparableFigures as_found;
  // Without each point's mean offset, in eye distances over all faces, as the two schemas may
  // define a point at slightly different places.
  ComparableFigures without_offsets;
};

// One entry per face; nothing where it was not found. All have the same points.
ComparableErrors MeasureComparable(std::span<const std::optional<ComparedFace>> faces);

struct LandmarkRow {
  std::string boxes;  // whose detector found the faces
  std::string model;
  ComparableErrors errors;
};

// Markdown, one row per model and detector.
std::string LandmarkText(const std::vector<LandmarkRow>& rows);

}  // namespace nosetip

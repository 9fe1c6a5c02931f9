// What a face does, measured on its points alone: how far eyes and mouth are open, and where the
// brows are.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// The same for a small and a large face, and for one that leans; a head that turns or nods changes
// them. Left and right are those of the picture.
struct Expression {
  // Eye aspect ratio (Soukupova and Cech, "Real-time eye blink detection using facial landmarks",
  // CVWW 2016): the mean distance of the lids over that of the eye's corners. With ibug68
  // (|37-41| + |38-40|) / (2 |36-39|); about 0.3 for an open eye, 0 for a shut one.
  std::array<double, 2> eye_openness{};  // left, right
  // In distances of the outer eye corners. ibug68 has the inner edges of the lips (62, 66), which
  // meet in a closed mouth; imm58 only the outer edges.
  double mouth_opening = 0.0;  // from the middle of the upper lip to that of the lower one
  double mouth_width = 0.0;    // from corner to corner
  // How far the mean of a brow's points is above the line through the outer eye corners.
  std::array<double, 2> brow_height{};  // left, right

  double MeanEyeOpenness() const { return 0.5 * (eye_openness[0] + eye_openness[1]); }
};

struct EyePoints {
  int outer_corner = 0;
  int inner_corner = 0;
  std::vector<std::pair<int, int>> lids;  // points of upper and lower lid above each other
};

// The points of a schema that it is measured on.
struct ExpressionPoints {
  std::array<EyePoints, 2> eyes;  // left, right
  std::pair<int, int> mouth_corners;
  std::pair<int, int> lips;                    // the middle of the upper and of the lower one
  std::array<std::pair<int, int>, 2> brows{};  // left, right; first and last point
};

// Null for a schema without eyes, mouth or brows, such as nose1.
const ExpressionPoints* ExpressionPointsOf(const LandmarkSchema& schema);

// Nothing for a schema without such points, or where the corners of an eye are at one point.
std::optional<Expression> ExpressionOf(std::span<const Point2f> points,
                                       const LandmarkSchema& schema);

}  // namespace nosetip

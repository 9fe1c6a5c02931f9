// Faces without pictures, for tests of what looks at labels.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/geometry.h"
#include "training/data/data_set.h"

namespace nosetip {

// 68 points of an upright face that fill the square, each mirror pair side by side.
inline std::vector<Point2f> UprightFace(const RectF& square) {
  const LandmarkSchema& schema = Ibug68();
  std::vector<Point2f> points(68);
  for (size_t i = 0; i < points.size(); ++i) {
    const auto j = static_cast<size_t>(schema.mirror[i]);
    if (j < i) continue;
    const float down = static_cast<float>(i % 17) / 16.0F;
    const float aside = i == j ? 0.0F : 0.1F + 0.4F * static_cast<float>(i % 5) / 4.0F;
    points[i] = {0.5F - aside, down};
    points[j] = {0.5F + aside, down};
  }
  for (const size_t corner : {36U, 45U}) points[corner].y = 0.2F;
  for (Point2f& p : points) p = {square.x + square.width * p.x, square.y + square.height * p.y};
  return points;
}

inline AnnotatedFace MadeUpFace(const std::string& name, std::vector<Point2f> points_px) {
  AnnotatedFace face;
  face.name = name;
  face.picture = name + ".png";
  face.group = name;
  face.box = BoundsOf(points_px);
  face.points_px = std::move(points_px);
  return face;
}

}  // namespace nosetip

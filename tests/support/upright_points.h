// Points as they are measured without a head pose.
#pragma once

#include <cmath>
#include <span>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

// The points of ibug68 turned upright in the picture, and scaled so that the outer eye corners are
// as far apart as those of the mean head.
inline std::vector<Point2f> UprightPoints(std::span<const Point2f> points) {
  constexpr float kEyes_mm = 89.2F;
  const Point2f line = points[45] - points[36];
  const Affine2 upright = Affine2::Similarity(kEyes_mm / Distance(points[36], points[45]),
                                              -std::atan2(line.y, line.x), Point2f{});
  std::vector<Point2f> moved;
  for (const Point2f& p : points) moved.push_back(upright.Apply(p));
  return moved;
}

}  // namespace nosetip

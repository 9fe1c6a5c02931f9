// The 68 points of a face whose eyes and mouth are as far open as a test wants.
#pragma once

#include <vector>

#include "tests/support/fake_scene.h"

namespace nosetip {

// The outer eye corners are 100 pixels apart. `openness` is that of both eyes, `mouth` the opening
// of the mouth in eye distances, as in Expression.
inline std::vector<Point2f> ExpressiveFace(double openness, double mouth) {
  constexpr float kEyeWidth = 30.0F;
  std::vector<Point2f> points = FakePoints(BoxAt(50.0F, 40.0F, 150.0F), 68);
  const float lid = 0.5F * kEyeWidth * static_cast<float>(openness);
  const auto eye = [&](size_t first, float x) {
    points[first] = {x, 0.0F};
    points[first + 3] = {x + kEyeWidth, 0.0F};
    points[first + 1] = points[first + 2] = {x + 0.5F * kEyeWidth, -lid};
    points[first + 4] = points[first + 5] = {x + 0.5F * kEyeWidth, lid};
  };
  eye(36, 0.0F);
  eye(42, 100.0F - kEyeWidth);
  const float lip = 50.0F * static_cast<float>(mouth);
  for (size_t k = 61; k < 64; ++k)
    points[k] = {10.0F * static_cast<float>(k) - 570.0F, 70.0F - lip};
  for (size_t k = 65; k < 68; ++k)
    points[k] = {710.0F - 10.0F * static_cast<float>(k), 70.0F + lip};
  return points;
}

}  // namespace nosetip

// Faces at known places, which the fakes see in place of the picture.
#pragma once

#include <cmath>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

struct FakeFace {
  RectF box;  // bounds of its landmarks
  float score = 0.9F;
  bool is_ghost = false;  // seen in the whole picture, but not from near
};

// What there is to see, and what the fakes were asked. A test edits `faces` between frames.
struct FakeScene {
  std::vector<FakeFace> faces;
  int detect_calls = 0;
  int detect_in_calls = 0;
  std::vector<size_t> boxes_per_call;
  std::vector<float> point_confidence;  // of all points of each face; empty: none is given
};

inline RectF BoxAt(float center_x, float center_y, float side = 60.0F) {
  return {center_x - 0.5F * side, center_y - 0.5F * side, side, side};
}

// Points on two rings that touch all four sides of the box. They have no symmetry, so that no
// shift, turn or scaling hides a change of shape.
inline std::vector<Point2f> FakePoints(const RectF& box, int count) {
  if (count == 1) return {box.Center()};
  std::vector<Point2f> unit;
  for (int i = 0; i < count; ++i) {
    const float angle = 6.2831853F * static_cast<float>(i) / static_cast<float>(count);
    const float radius = i % 3 == 1 ? 0.4F : 1.0F + 0.2F * std::sin(2.5F * angle);
    unit.push_back({radius * std::cos(angle), radius * std::sin(angle)});
  }
  const RectF bounds = BoundsOf(unit);
  for (Point2f& p : unit) {
    p = {box.x + box.width * (p.x - bounds.x) / bounds.width,
         box.y + box.height * (p.y - bounds.y) / bounds.height};
  }
  return unit;
}

}  // namespace nosetip

// What the live view draws over a frame.
#pragma once

#include <span>

#include "tracker/core/fields.h"

namespace nosetip {

struct ViewOptions {
  bool mirror = false;
  bool points = true;
  bool contours = true;
  bool numbers = false;
  bool boxes = true;
  bool labels = true;
  bool axes = true;
  bool confidence_colors = true;
  bool errors = false;
  bool trails = false;
  float point_size = 1.0F;
  float line_width = 1.0F;
  float opacity = 0.95F;
  int trail_frames = 30;

  static std::span<const Field<ViewOptions>> Fields();
};

}  // namespace nosetip

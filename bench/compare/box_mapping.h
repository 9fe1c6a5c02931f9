// Maps the face boxes of one detector to those of another.
#pragma once

#include <span>
#include <utility>

#include "tracker/core/geometry.h"

namespace nosetip {

// Shifts are in widths and heights of the box that is mapped.
struct BoxMapping {
  float shift_x = 0.0F;
  float shift_y = 0.0F;
  float scale_x = 1.0F;
  float scale_y = 1.0F;

  RectF Apply(const RectF& box) const;
};

// The medians over pairs of boxes of one face, each (from, to). Throws Error without a pair.
BoxMapping FitBoxMapping(std::span<const std::pair<RectF, RectF>> pairs);

// The square with the same center and area.
RectF AsSquare(const RectF& box);

}  // namespace nosetip

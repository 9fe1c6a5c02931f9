// The boxes that data sets give for faces, drawn by people and machines, and what can be wrong with
// them.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "tracker/core/geometry.h"

namespace nosetip {

enum class BoxFault {
  kNoNumber,   // a coordinate is missing or no finite number
  kNegative,   // the width or the height is below 0
  kNoArea,     // the width or the height is 0
  kApart,      // all points lie to one side of it
  kWrongSize,  // most of the points are far outside, or the box is far larger than their bounds
};

// A point this far outside its box, as a share of the box's longer side, is far outside. Boxes of
// detectors cut off chins and ears, but not that much.
inline constexpr float kFarShare = 0.5F;
// A box whose longer side is more than this many times that of its points' bounds is far larger.
// Boxes of whole heads are not.
inline constexpr float kLargestBoxRatio = 4.0F;

struct RejectedBox {
  BoxFault fault = BoxFault::kNoNumber;
  std::string remark;  // what is wrong, such as "a box has no area (0 x 12 px)"
};

// How far the point is beyond the nearest edge; 0 inside.
float DistanceOutside(Point2f point, const RectF& rect);

// Why `box` is no use for a face with these points; nothing where it is of use. A box that reaches
// outside the picture is, and one that misses a few stray points. Where the points have no extent
// (none, or the nose alone) nothing could stand in for the box, so any with an area is of use.
std::optional<RejectedBox> FaultOfBox(const RectF& box, std::span<const Point2f> points_px);

}  // namespace nosetip

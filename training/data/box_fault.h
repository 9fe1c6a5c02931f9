// Boxes of data sets that cannot be used, and why.
#pragma once

#include <optional>
#include <span>
#include <string>

#include "tracker/core/geometry.h"

namespace nosetip {

// What can be wrong with a box that a data set gives for a face.
enum class BoxFault {
  kNoNumber,   // a coordinate is missing or no finite number
  kNegative,   // the width or the height is below 0
  kNoArea,     // the width or the height is 0
  kApart,      // all points lie to one side of it
  kWrongSize,  // most of the points are far outside, or the box is far larger than their bounds
};

// A point this far outside its box, as a share of the box's longer side, is far outside: boxes of
// detectors cut off chins and ears, but not that much.
inline constexpr float kFarShare = 0.5F;
// A box whose longer side is more than this many times that of its points' bounds is far larger:
// boxes of whole heads stay below.
inline constexpr float kLargestBoxRatio = 4.0F;

struct RejectedBox {
  BoxFault fault = BoxFault::kNoNumber;
  std::string remark;  // what is wrong, such as "a box has no area (0 x 12 px)"
};

// How far the point is beyond the nearest edge; 0 inside.
float DistanceOutside(Point2f point, const RectF& rect);

// Why `box` cannot be used for a face with these points; nothing where it can. A box that reaches
// outside the picture can, and so can one that misses a few stray points. Where the points have no
// extent (none, or the nose alone) nothing could replace the box, so any with an area can be used.
std::optional<RejectedBox> FaultOfBox(const RectF& box, std::span<const Point2f> points_px);

}  // namespace nosetip

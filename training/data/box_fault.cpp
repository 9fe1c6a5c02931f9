#include "training/data/box_fault.h"

#include <algorithm>
#include <cmath>
#include <iterator>

#include <fmt/core.h>

namespace nosetip {
namespace {

std::string SizeText(const RectF& rect) {
  return fmt::format("{:.6g} x {:.6g} px", rect.width, rect.height);
}

// All points lie to the left of the box, or all to its right, above or below it.
bool IsApart(const RectF& box, std::span<const Point2f> points_px) {
  return std::ranges::all_of(points_px, [&](Point2f p) { return p.x < box.x; }) ||
         std::ranges::all_of(points_px, [&](Point2f p) { return p.x > box.x + box.width; }) ||
         std::ranges::all_of(points_px, [&](Point2f p) { return p.y < box.y; }) ||
         std::ranges::all_of(points_px, [&](Point2f p) { return p.y > box.y + box.height; });
}

}  // namespace

float DistanceOutside(Point2f point, const RectF& rect) {
  return std::max({rect.x - point.x, rect.y - point.y, point.x - (rect.x + rect.width),
                   point.y - (rect.y + rect.height), 0.0F});
}

std::optional<RejectedBox> FaultOfBox(const RectF& box, std::span<const Point2f> points_px) {
  if (!std::isfinite(box.x) || !std::isfinite(box.y) || !std::isfinite(box.width) ||
      !std::isfinite(box.height)) {
    return RejectedBox{BoxFault::kNoNumber, "a box has a coordinate that is no finite number"};
  }
  if (box.width < 0.0F || box.height < 0.0F) {
    return RejectedBox{BoxFault::kNegative, "a box has a negative size (" + SizeText(box) + ")"};
  }
  if (box.Area() <= 0.0F) {
    return RejectedBox{BoxFault::kNoArea, "a box has no area (" + SizeText(box) + ")"};
  }
  const RectF bounds = BoundsOf(points_px);
  if (LongerSide(bounds) <= 0.0F) return std::nullopt;
  if (IsApart(box, points_px)) {
    return RejectedBox{BoxFault::kApart, "a box lies beside all of its points"};
  }
  // Not by the bounds alone, which a single stray point makes huge.
  const auto far_off = std::ranges::count_if(
      points_px, [&](Point2f p) { return DistanceOutside(p, box) > kFarShare * LongerSide(box); });
  if (2 * far_off > std::ssize(points_px) ||
      LongerSide(box) > kLargestBoxRatio * LongerSide(bounds)) {
    return RejectedBox{BoxFault::kWrongSize, fmt::format("a box of {} has points that take up {}",
                                                         SizeText(box), SizeText(bounds))};
  }
  return std::nullopt;
}

}  // namespace nosetip

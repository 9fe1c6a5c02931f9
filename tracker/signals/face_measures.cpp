#include "tracker/signals/face_measures.h"

#include <cstddef>
#include <numbers>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

using Points = std::span<const Point2f>;

double EyeAspectRatio(Points p, size_t first) {
  const double width = Distance(p[first], p[first + 3]);
  const double lids = Distance(p[first + 1], p[first + 5]) + Distance(p[first + 2], p[first + 4]);
  return width > 0.0 ? lids / (2.0 * width) : 0.0;
}

// From the base of the nose, which no expression moves.
double CornerPull(Points p) {
  const Point2f right = p[48] - p[33];
  const Point2f left = p[54] - p[33];
  return 0.5 * ((-right.x - right.y) + (left.x - left.y)) / std::numbers::sqrt2;
}

double BrowHeight(Points p, size_t first) {
  const Point2f line = p[45] - p[36];
  const Point2f to = Mean(p.subspan(first, 5)) - p[36];
  const double length = Distance(p[36], p[45]);
  if (!(length > 0.0)) return 0.0;
  return (static_cast<double>(line.y) * to.x - static_cast<double>(line.x) * to.y) / length;
}

}  // namespace

FaceMeasures MeasuresOf(Points frontal) {
  Check(frontal.size() == 68, "the points of ibug68");
  return {EyeAspectRatio(frontal, 36),
          EyeAspectRatio(frontal, 42),
          Distance(frontal[62], frontal[66]),
          Distance(frontal[48], frontal[54]),
          CornerPull(frontal),
          BrowHeight(frontal, 17),
          BrowHeight(frontal, 22),
          0.5 * (frontal[8].x + frontal[57].x - frontal[27].x - frontal[33].x)};
}

std::span<const int> PointsOfSignal(Signal signal) {
  static constexpr int kEyeRight[] = {36, 37, 38, 39, 40, 41};
  static constexpr int kEyeLeft[] = {42, 43, 44, 45, 46, 47};
  static constexpr int kLips[] = {62, 66};
  static constexpr int kCorners[] = {48, 54};
  static constexpr int kSmile[] = {33, 48, 54};
  static constexpr int kBrowRight[] = {17, 18, 19, 20, 21, 36, 45};
  static constexpr int kBrowLeft[] = {22, 23, 24, 25, 26, 36, 45};
  static constexpr int kJaw[] = {8, 27, 33, 57};
  static constexpr int kHead[] = {8, 27, 28, 29, 30, 31, 33, 35, 36, 39, 42, 45, 48, 54};
  static constexpr std::span<const int> kPoints[] = {kEyeRight, kEyeLeft,   kLips,     kCorners,
                                                     kSmile,    kBrowRight, kBrowLeft, kJaw};
  const auto index = static_cast<size_t>(signal);
  return index < kExpressionSignals ? kPoints[index] : std::span<const int>(kHead);
}

}  // namespace nosetip

#include "tracker/core/expression.h"

#include <cstddef>
#include <utility>

namespace nosetip {
namespace {

using Points = std::span<const Point2f>;

double DistanceOf(Points points, std::pair<int, int> pair) {
  return Distance(points[static_cast<size_t>(pair.first)],
                  points[static_cast<size_t>(pair.second)]);
}

std::optional<double> Openness(Points points, const EyePoints& eye) {
  const double width = DistanceOf(points, {eye.outer_corner, eye.inner_corner});
  if (!(width > 0.0)) return std::nullopt;
  double sum = 0.0;
  for (const auto& lids : eye.lids) sum += DistanceOf(points, lids);
  return sum / (width * static_cast<double>(eye.lids.size()));
}

// Above the line from `left` to `right`, in their distances.
double HeightAbove(Point2f left, Point2f right, Point2f point) {
  const Point2f line = right - left;
  const Point2f to = point - left;
  return (static_cast<double>(line.y) * to.x - static_cast<double>(line.x) * to.y) /
         (static_cast<double>(line.x) * line.x + static_cast<double>(line.y) * line.y);
}

ExpressionPoints PointsOfIbug68() {
  return {
      .eyes = {EyePoints{36, 39, {{37, 41}, {38, 40}}}, EyePoints{45, 42, {{43, 47}, {44, 46}}}},
      .mouth_corners = {48, 54},
      .lips = {62, 66},
      .brows = {std::pair(17, 21), std::pair(22, 26)}};
}

ExpressionPoints PointsOfImm58() {
  return {.eyes = {EyePoints{21, 25, {{22, 28}, {23, 27}, {24, 26}}},
                   EyePoints{13, 17, {{14, 20}, {15, 19}, {16, 18}}}},
          .mouth_corners = {39, 43},
          .lips = {41, 45},
          .brows = {std::pair(34, 38), std::pair(29, 33)}};
}

}  // namespace

const ExpressionPoints* ExpressionPointsOf(const LandmarkSchema& schema) {
  static const ExpressionPoints kIbug68 = PointsOfIbug68();
  static const ExpressionPoints kImm58 = PointsOfImm58();
  if (schema.name == Ibug68().name) return &kIbug68;
  if (schema.name == Imm58().name) return &kImm58;
  return nullptr;
}

std::optional<Expression> ExpressionOf(Points points, const LandmarkSchema& schema) {
  const ExpressionPoints* which = ExpressionPointsOf(schema);
  if (which == nullptr) return std::nullopt;
  const std::pair<int, int> corners{which->eyes[0].outer_corner, which->eyes[1].outer_corner};
  const double unit = DistanceOf(points, corners);
  if (!(unit > 0.0)) return std::nullopt;
  Expression expression;
  expression.mouth_opening = DistanceOf(points, which->lips) / unit;
  expression.mouth_width = DistanceOf(points, which->mouth_corners) / unit;
  for (size_t side = 0; side < 2; ++side) {
    const std::optional<double> openness = Openness(points, which->eyes[side]);
    if (!openness) return std::nullopt;
    expression.eye_openness[side] = *openness;
    const auto [first, last] = which->brows[side];
    const Points brow =
        points.subspan(static_cast<size_t>(first), static_cast<size_t>(last - first + 1));
    expression.brow_height[side] =
        HeightAbove(points[static_cast<size_t>(corners.first)],
                    points[static_cast<size_t>(corners.second)], Mean(brow));
  }
  return expression;
}

}  // namespace nosetip

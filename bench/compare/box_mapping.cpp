#include "bench/compare/box_mapping.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

template <typename Value>
float MedianOf(std::span<const std::pair<RectF, RectF>> pairs, const Value& value) {
  std::vector<float> values;
  for (const auto& [from, to] : pairs) values.push_back(value(from, to));
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

}  // namespace

RectF BoxMapping::Apply(const RectF& box) const {
  const Point2f middle = box.Center() + Point2f{shift_x * box.width, shift_y * box.height};
  const float width = scale_x * box.width;
  const float height = scale_y * box.height;
  return {middle.x - 0.5F * width, middle.y - 0.5F * height, width, height};
}

BoxMapping FitBoxMapping(std::span<const std::pair<RectF, RectF>> pairs) {
  if (pairs.empty()) {
    throw Error("no face was found by both detectors, so their boxes cannot be compared");
  }
  using R = const RectF&;
  return {MedianOf(pairs, [](R a, R b) { return (b.Center().x - a.Center().x) / a.width; }),
          MedianOf(pairs, [](R a, R b) { return (b.Center().y - a.Center().y) / a.height; }),
          MedianOf(pairs, [](R a, R b) { return b.width / a.width; }),
          MedianOf(pairs, [](R a, R b) { return b.height / a.height; })};
}

RectF AsSquare(const RectF& box) {
  const float side = std::sqrt(box.Area());
  return {box.Center().x - 0.5F * side, box.Center().y - 0.5F * side, side, side};
}

}  // namespace nosetip

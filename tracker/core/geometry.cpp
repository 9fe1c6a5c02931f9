#include "tracker/core/geometry.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {

int NearestWhole(double value) {
  if (std::isnan(value)) return 0;
  constexpr double kMost = kLargestWhole;
  return static_cast<int>(std::lround(std::clamp(value, -kMost, kMost)));
}

float Distance(Point2f a, Point2f b) { return std::hypot(a.x - b.x, a.y - b.y); }

Point2f Mean(std::span<const Point2f> points) {
  Check(!points.empty(), "the mean of no points");
  double x = 0.0;
  double y = 0.0;
  for (const Point2f p : points) {
    x += p.x;
    y += p.y;
  }
  const auto n = static_cast<double>(points.size());
  return {static_cast<float>(x / n), static_cast<float>(y / n)};
}

RectF BoundsOf(std::span<const Point2f> points) {
  if (points.empty()) return {};
  Point2f low = points.front();
  Point2f high = points.front();
  for (const Point2f p : points) {
    low = {std::min(low.x, p.x), std::min(low.y, p.y)};
    high = {std::max(high.x, p.x), std::max(high.y, p.y)};
  }
  return {low.x, low.y, high.x - low.x, high.y - low.y};
}

RectF Intersection(const RectF& a, const RectF& b) {
  const float left = std::max(a.x, b.x);
  const float top = std::max(a.y, b.y);
  const float right = std::min(a.x + a.width, b.x + b.width);
  const float bottom = std::min(a.y + a.height, b.y + b.height);
  if (right <= left || bottom <= top) return {};
  return {left, top, right - left, bottom - top};
}

float IntersectionOverUnion(const RectF& a, const RectF& b) {
  const float common = Intersection(a, b).Area();
  const float all = a.Area() + b.Area() - common;
  return all > 0.0F ? common / all : 0.0F;
}

RectF SquareAround(const RectF& rect, float scale) {
  const float side = scale * std::max(rect.width, rect.height);
  const Point2f c = rect.Center();
  return {c.x - 0.5F * side, c.y - 0.5F * side, side, side};
}

Affine2 Affine2::Inverse() const {
  const double a = m[0];
  const double b = m[1];
  const double c = m[3];
  const double d = m[4];
  const double determinant = a * d - b * c;
  Check(determinant != 0.0 && std::isfinite(determinant), "a transform without inverse");
  const double ia = d / determinant;
  const double ib = -b / determinant;
  const double ic = -c / determinant;
  const double id = a / determinant;
  return {{static_cast<float>(ia), static_cast<float>(ib),
           static_cast<float>(-ia * m[2] - ib * m[5]), static_cast<float>(ic),
           static_cast<float>(id), static_cast<float>(-ic * m[2] - id * m[5])}};
}

float Affine2::Scale() const { return std::hypot(m[0], m[3]); }

Affine2 Affine2::Similarity(float scale, float angle_rad, Point2f shift) {
  const float c = scale * std::cos(angle_rad);
  const float s = scale * std::sin(angle_rad);
  return {{c, -s, shift.x, s, c, shift.y}};
}

Affine2 operator*(const Affine2& c_from_b, const Affine2& b_from_a) {
  const auto& p = c_from_b.m;
  const auto& q = b_from_a.m;
  return {{p[0] * q[0] + p[1] * q[3], p[0] * q[1] + p[1] * q[4], p[0] * q[2] + p[1] * q[5] + p[2],
           p[3] * q[0] + p[4] * q[3], p[3] * q[1] + p[4] * q[4], p[3] * q[2] + p[4] * q[5] + p[5]}};
}

std::optional<Affine2> FitSimilarity(std::span<const Point2f> target,
                                     std::span<const Point2f> source) {
  Check(target.size() == source.size(), "a fit needs as many target points as source points");
  if (source.size() < 2) return std::nullopt;
  const Point2f target_mean = Mean(target);
  const Point2f source_mean = Mean(source);
  double dot = 0.0;
  double cross = 0.0;
  double spread = 0.0;
  for (size_t i = 0; i < source.size(); ++i) {
    const Point2f s = source[i] - source_mean;
    const Point2f t = target[i] - target_mean;
    dot += s.x * t.x + s.y * t.y;
    cross += s.x * t.y - s.y * t.x;
    spread += s.x * s.x + s.y * s.y;
  }
  if (spread <= 0.0 || (dot == 0.0 && cross == 0.0)) return std::nullopt;
  const auto c = static_cast<float>(dot / spread);
  const auto s = static_cast<float>(cross / spread);
  Affine2 fit{{c, -s, 0.0F, s, c, 0.0F}};
  const Point2f shift = target_mean - fit.Apply(source_mean);
  fit.m[2] = shift.x;
  fit.m[5] = shift.y;
  return fit;
}

}  // namespace nosetip

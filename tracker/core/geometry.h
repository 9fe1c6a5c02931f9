// Points, rectangles and affine transforms in the plane. Pixel centers are at integer coordinates,
// so a picture of width w covers x from -0.5 to w - 0.5. x grows to the right, y down.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>

namespace nosetip {

struct Point2f {
  float x = 0.0F;
  float y = 0.0F;

  friend bool operator==(const Point2f&, const Point2f&) = default;
};

inline Point2f operator+(Point2f a, Point2f b) { return {a.x + b.x, a.y + b.y}; }
inline Point2f operator-(Point2f a, Point2f b) { return {a.x - b.x, a.y - b.y}; }
inline Point2f operator*(float s, Point2f p) { return {s * p.x, s * p.y}; }

float Distance(Point2f a, Point2f b);
Point2f Mean(std::span<const Point2f> points);

// The nearest whole number, at most `kLargestWhole` away from 0; 0 for what is not a number. For
// numbers of files and users, since one beyond the range of an int must not become one.
inline constexpr int kLargestWhole = 1 << 29;
int NearestWhole(double value);

// Of a picture or of a network's input.
struct SizePx {
  int width = 0;
  int height = 0;

  static constexpr SizePx Square(int side) { return {side, side}; }
  size_t Area() const { return static_cast<size_t>(width) * static_cast<size_t>(height); }
  friend bool operator==(const SizePx&, const SizePx&) = default;
};

// Axis-aligned; (x, y) is the top left corner.
struct RectF {
  float x = 0.0F;
  float y = 0.0F;
  float width = 0.0F;
  float height = 0.0F;

  Point2f Center() const { return {x + 0.5F * width, y + 0.5F * height}; }
  float Area() const { return width > 0.0F && height > 0.0F ? width * height : 0.0F; }
  friend bool operator==(const RectF&, const RectF&) = default;
};

inline float LongerSide(const RectF& rect) {
  return rect.width < rect.height ? rect.height : rect.width;
}

// Smallest rectangle that holds all points; an empty one at the origin for no points.
RectF BoundsOf(std::span<const Point2f> points);
RectF Intersection(const RectF& a, const RectF& b);
inline bool Contains(const RectF& rect, Point2f p) {
  return p.x >= rect.x && p.x < rect.x + rect.width && p.y >= rect.y && p.y < rect.y + rect.height;
}
// Intersection over union, 0 to 1; 0 where both are empty.
float IntersectionOverUnion(const RectF& a, const RectF& b);
// The square with the same center whose side is `scale` times the longer side of `rect`.
RectF SquareAround(const RectF& rect, float scale);

// A 2x3 matrix, row-major: x' = m[0] x + m[1] y + m[2], y' = m[3] x + m[4] y + m[5].
// A variable is named target_from_source.
struct Affine2 {
  std::array<float, 6> m = {1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F};

  Point2f Apply(Point2f p) const {
    return {m[0] * p.x + m[1] * p.y + m[2], m[3] * p.x + m[4] * p.y + m[5]};
  }
  // Throws std::logic_error for a singular matrix.
  Affine2 Inverse() const;
  // Length of the image of a unit vector, for a similarity.
  float Scale() const;

  // Scales by `scale` and turns by `angle_rad` (x towards y, clockwise on the screen) about
  // the origin, then shifts.
  static Affine2 Similarity(float scale, float angle_rad, Point2f shift);
  friend bool operator==(const Affine2&, const Affine2&) = default;
};

// c_from_a, for c_from_b and b_from_a.
Affine2 operator*(const Affine2& c_from_b, const Affine2& b_from_a);

// The similarity that takes `source` closest to `target` in the least-squares sense (Umeyama 1991
// in the plane, without reflection). Nothing for fewer than two points or coincident ones.
std::optional<Affine2> FitSimilarity(std::span<const Point2f> target,
                                     std::span<const Point2f> source);

}  // namespace nosetip

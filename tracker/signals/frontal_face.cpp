#include "tracker/signals/frontal_face.h"

#include <cmath>

#include "tracker/core/error.h"
#include "tracker/core/face_shape.h"
#include "tracker/core/rotation.h"

namespace nosetip {
namespace {

constexpr double kLeastCosine = 0.34;  // of 70 degrees

// From camera to head coordinates.
Point3 TurnedBack(const Rotation& r, const Point3& v) {
  return Turned({r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]}, v);
}

}  // namespace

std::optional<std::vector<Point2f>> FrontalPoints(std::span<const Point2f> points_px,
                                                  const HeadPose& pose) {
  const auto head = NeutralHead();
  Check(points_px.size() == head.size(), "the points of ibug68");
  const Rotation rotation = RotationOf(pose.rotation_rad);
  const auto& t = pose.translation_mm;
  const Point3 camera = TurnedBack(rotation, {-t[0], -t[1], -t[2]});  // in head coordinates
  std::vector<Point2f> frontal;
  frontal.reserve(points_px.size());
  for (size_t i = 0; i < points_px.size(); ++i) {
    const Point3 seen = {(points_px[i].x - pose.camera.cx_px) / pose.camera.fx_px,
                         (points_px[i].y - pose.camera.cy_px) / pose.camera.fy_px, 1.0};
    const Point3 sight = TurnedBack(rotation, seen);
    if (!(sight[2] > kLeastCosine * std::hypot(seen[0], seen[1], 1.0))) return std::nullopt;
    const double reach = (head[i][2] - camera[2]) / sight[2];
    frontal.push_back({static_cast<float>(camera[0] + reach * sight[0]),
                       static_cast<float>(camera[1] + reach * sight[1])});
  }
  return frontal;
}

}  // namespace nosetip

#include "tracker/core/line_of_sight.h"

#include <cmath>

namespace nosetip {
namespace {

Rotation InverseOf(const Rotation& r) {
  return {r[0], r[3], r[6], r[1], r[4], r[7], r[2], r[5], r[8]};
}

Point3 CameraOf(const Rotation& to_head, const std::array<float, 3>& translation_mm) {
  const auto& [x, y, z] = translation_mm;
  return Turned(to_head, {-x, -y, -z});
}

}  // namespace

Point3 LineOfSight::At(double mm_in_front) const {
  return {camera[0] + mm_in_front * ahead[0], camera[1] + mm_in_front * ahead[1],
          camera[2] + mm_in_front * ahead[2]};
}

double LineOfSight::Steepness() const {
  return ahead[2] / std::hypot(ahead[0], ahead[1], ahead[2]);
}

Sight::Sight(const HeadPose& pose)
    : lens_(pose.camera),
      to_head_(InverseOf(RotationOf(pose.rotation_rad))),
      camera_(CameraOf(to_head_, pose.translation_mm)) {}

LineOfSight Sight::Through(const Point2f& pixel) const {
  return {camera_, Turned(to_head_, {(pixel.x - lens_.cx_px) / lens_.fx_px,
                                     (pixel.y - lens_.cy_px) / lens_.fy_px, 1.0})};
}

}  // namespace nosetip

#include "tracker/core/rotation.h"

#include <algorithm>
#include <cmath>

namespace nosetip {

Rotation RotationOf(const std::array<float, 3>& angles_rad) {
  const double cx = std::cos(angles_rad[0]), sx = std::sin(angles_rad[0]);
  const double cy = std::cos(angles_rad[1]), sy = std::sin(angles_rad[1]);
  const double cz = std::cos(angles_rad[2]), sz = std::sin(angles_rad[2]);
  return {cy * cz,
          -cy * sz,
          sy,
          cx * sz + sx * sy * cz,
          cx * cz - sx * sy * sz,
          -sx * cy,
          sx * sz - cx * sy * cz,
          sx * cz + cx * sy * sz,
          cx * cy};
}

std::array<float, 3> AnglesOf(const Rotation& r) {
  const double pitch = std::atan2(-r[5], r[8]);
  const double yaw = std::asin(std::clamp(r[2], -1.0, 1.0));
  const double roll = std::atan2(-r[1], r[0]);
  return {static_cast<float>(pitch), static_cast<float>(yaw), static_cast<float>(roll)};
}

Point3 Turned(const Rotation& r, const Point3& p) {
  return {r[0] * p[0] + r[1] * p[1] + r[2] * p[2], r[3] * p[0] + r[4] * p[1] + r[5] * p[2],
          r[6] * p[0] + r[7] * p[1] + r[8] * p[2]};
}

}  // namespace nosetip

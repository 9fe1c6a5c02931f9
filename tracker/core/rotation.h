// How a head is turned, as angles and as a matrix.
#pragma once

#include <array>

namespace nosetip {

// A point in space, in mm.
using Point3 = std::array<double, 3>;

// Row-major.
using Rotation = std::array<double, 9>;

// R = Rx(pitch) Ry(yaw) Rz(roll), from the angles of HeadPose.
Rotation RotationOf(const std::array<float, 3>& angles_rad);
// The angles of a rotation, with yaw from -90 to 90 degrees.
std::array<float, 3> AnglesOf(const Rotation& rotation);

Point3 Turned(const Rotation& rotation, const Point3& point);

}  // namespace nosetip

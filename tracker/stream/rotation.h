// Rotations in the forms that protocols want.
#pragma once

#include <array>

namespace nosetip {

using Matrix3 = std::array<std::array<double, 3>, 3>;  // rows
using Vector3 = std::array<double, 3>;

// R = Rx(pitch) Ry(yaw) Rz(roll), as in HeadPose.
Matrix3 MatrixOfAngles(const std::array<float, 3>& rotation_rad);

Vector3 Rotated(const Matrix3& rotation, const Vector3& vector);

// x, y, z, w; w is not negative.
std::array<double, 4> QuaternionOf(const Matrix3& rotation);

// Degrees x, y, z of R = Rz(z) Ry(y) Rx(x), as OpenCV's RQDecomp3x3 gives them.
Vector3 EulerXyzDeg(const Matrix3& rotation);

}  // namespace nosetip

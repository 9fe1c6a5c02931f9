// Rotations in the forms that protocols want.
#pragma once

#include <array>

#include "tracker/core/rotation.h"

namespace nosetip {

// x, y, z, w; w is not negative.
std::array<double, 4> QuaternionOf(const Rotation& rotation);

// Degrees x, y, z of R = Rz(z) Ry(y) Rx(x), as OpenCV's RQDecomp3x3 gives them.
Point3 EulerXyzDeg(const Rotation& rotation);

}  // namespace nosetip

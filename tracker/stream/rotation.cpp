#include "tracker/stream/rotation.h"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace nosetip {
namespace {

constexpr double kDegPerRad = 180.0 / std::numbers::pi;

}  // namespace

Matrix3 MatrixOfAngles(const std::array<float, 3>& rotation_rad) {
  const double cx = std::cos(rotation_rad[0]), sx = std::sin(rotation_rad[0]);
  const double cy = std::cos(rotation_rad[1]), sy = std::sin(rotation_rad[1]);
  const double cz = std::cos(rotation_rad[2]), sz = std::sin(rotation_rad[2]);
  return {{{cy * cz, -cy * sz, sy},
           {sx * sy * cz + cx * sz, cx * cz - sx * sy * sz, -sx * cy},
           {sx * sz - cx * sy * cz, cx * sy * sz + sx * cz, cx * cy}}};
}

Vector3 Rotated(const Matrix3& rotation, const Vector3& vector) {
  Vector3 rotated{};
  for (size_t row = 0; row < 3; ++row) {
    for (size_t i = 0; i < 3; ++i) rotated[row] += rotation[row][i] * vector[i];
  }
  return rotated;
}

std::array<double, 4> QuaternionOf(const Matrix3& m) {
  const auto root = [](double square) { return std::sqrt(std::fmax(square, 0.0)); };
  // The largest of the four is far from 0, so that the others can be divided by it.
  const double w = root(1.0 + m[0][0] + m[1][1] + m[2][2]) / 2.0;
  if (w > 0.5) {
    return {(m[2][1] - m[1][2]) / (4.0 * w), (m[0][2] - m[2][0]) / (4.0 * w),
            (m[1][0] - m[0][1]) / (4.0 * w), w};
  }
  size_t i = m[0][0] >= m[1][1] ? 0 : 1;
  if (m[2][2] > m[i][i]) i = 2;
  const size_t j = (i + 1) % 3, k = (i + 2) % 3;
  std::array<double, 4> q{};
  q[i] = root(1.0 + m[i][i] - m[j][j] - m[k][k]) / 2.0;
  q[j] = (m[i][j] + m[j][i]) / (4.0 * q[i]);
  q[k] = (m[i][k] + m[k][i]) / (4.0 * q[i]);
  q[3] = (m[k][j] - m[j][k]) / (4.0 * q[i]);
  if (q[3] < 0.0) {
    for (double& part : q) part = -part;
  }
  return q;
}

Vector3 EulerXyzDeg(const Matrix3& m) {
  return {kDegPerRad * std::atan2(m[2][1], m[2][2]),
          kDegPerRad * std::atan2(-m[2][0], std::hypot(m[2][1], m[2][2])),
          kDegPerRad * std::atan2(m[1][0], m[0][0])};
}

}  // namespace nosetip

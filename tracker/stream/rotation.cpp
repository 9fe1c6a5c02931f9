#include "tracker/stream/rotation.h"

#include <cmath>
#include <cstddef>
#include <numbers>

namespace nosetip {
namespace {

constexpr double kDegPerRad = 180.0 / std::numbers::pi;

}  // namespace

std::array<double, 4> QuaternionOf(const Rotation& m) {
  const auto root = [](double square) { return std::sqrt(std::fmax(square, 0.0)); };
  // The largest of the four is far from 0, so that the others can be divided by it.
  const double w = root(1.0 + m[0] + m[4] + m[8]) / 2.0;
  if (w > 0.5) {
    return {(m[7] - m[5]) / (4.0 * w), (m[2] - m[6]) / (4.0 * w), (m[3] - m[1]) / (4.0 * w), w};
  }
  size_t i = m[0] >= m[4] ? 0 : 1;
  if (m[8] > m[3 * i + i]) i = 2;
  const size_t j = (i + 1) % 3, k = (i + 2) % 3;
  std::array<double, 4> q{};
  q[i] = root(1.0 + m[3 * i + i] - m[3 * j + j] - m[3 * k + k]) / 2.0;
  q[j] = (m[3 * i + j] + m[3 * j + i]) / (4.0 * q[i]);
  q[k] = (m[3 * i + k] + m[3 * k + i]) / (4.0 * q[i]);
  q[3] = (m[3 * k + j] - m[3 * j + k]) / (4.0 * q[i]);
  if (q[3] < 0.0) {
    for (double& part : q) part = -part;
  }
  return q;
}

Point3 EulerXyzDeg(const Rotation& m) {
  return {kDegPerRad * std::atan2(m[7], m[8]),
          kDegPerRad * std::atan2(-m[6], std::hypot(m[7], m[8])),
          kDegPerRad * std::atan2(m[3], m[0])};
}

}  // namespace nosetip

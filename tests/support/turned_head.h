// A head in any direction, as a camera sees its points.
#pragma once

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

#include "tracker/core/face.h"

namespace nosetip {

// In the middle of a picture of 640x480 pixels, 0.6 m away.
inline HeadPose PoseOf(float yaw_deg, float pitch_deg, float roll_deg) {
  constexpr float kRad = std::numbers::pi_v<float> / 180.0F;
  return {{10.0F, -20.0F, 600.0F},
          {kRad * pitch_deg, kRad * yaw_deg, kRad * roll_deg},
          {640.0, 640.0, 319.5, 239.5}};
}

// Rx(pitch) Ry(yaw) Rz(roll) applied turn by turn.
inline std::vector<Point2f> ProjectedHead(const std::array<Point3, 68>& head,
                                          const HeadPose& pose) {
  const auto turn = [](double& a, double& b, double angle) {
    const double turned = std::cos(angle) * a - std::sin(angle) * b;
    b = std::sin(angle) * a + std::cos(angle) * b;
    a = turned;
  };
  std::vector<Point2f> points;
  for (Point3 p : head) {
    turn(p[0], p[1], pose.rotation_rad[2]);
    turn(p[2], p[0], pose.rotation_rad[1]);
    turn(p[1], p[2], pose.rotation_rad[0]);
    for (size_t i = 0; i < 3; ++i) p[i] += pose.translation_mm[i];
    points.push_back({static_cast<float>(pose.camera.fx_px * p[0] / p[2] + pose.camera.cx_px),
                      static_cast<float>(pose.camera.fy_px * p[1] / p[2] + pose.camera.cy_px)});
  }
  return points;
}

}  // namespace nosetip

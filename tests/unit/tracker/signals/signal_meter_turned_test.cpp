// Signals of a head that is rendered in many directions, with the pose estimated from its points.
#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <vector>

#include <fmt/core.h>
#include <gtest/gtest.h>

#include "tests/support/turned_head.h"
#include "tests/support/upright_points.h"
#include "tracker/core/face_shape.h"
#include "tracker/signals/frontal_face.h"
#include "tracker/signals/neutral_face.h"
#include "tracker/signals/signal_meter.h"
#include "tracker/vision/head_pose.h"

namespace nosetip {
namespace {

using Values = std::array<double, kExpressionSignals>;

// Smiles with raised brows, an open mouth and eyes that are a little narrow.
std::array<Point3, 68> ExpressiveHead() {
  auto head = LearnedFaceShape().neutral_mm;
  for (size_t k = 17; k < 27; ++k) head[k][1] -= 4.0;
  for (const size_t k : {8U, 55U, 56U, 57U, 58U, 59U, 65U, 66U, 67U}) head[k][1] += 6.0;
  for (const size_t k : {48U, 60U}) head[k] = {head[k][0] - 4.0, head[k][1] - 4.0, head[k][2]};
  for (const size_t k : {54U, 64U}) head[k] = {head[k][0] + 4.0, head[k][1] - 4.0, head[k][2]};
  for (const size_t k : {37U, 38U, 43U, 44U}) head[k][1] += 2.0;
  return head;
}

Values MeasuredOn(const HeadPose& pose) {
  TrackedFace face;
  face.landmarks.points_px = ProjectedHead(ExpressiveHead(), pose);
  face.pose = EstimateHeadPose(face.landmarks.points_px, Ibug68(), pose.camera);
  TrackResult result;
  result.faces = {face};
  SignalMeter(Ibug68()).Measure(result);
  Values values{};
  std::copy_n(result.faces[0].signals.value().values.begin(), values.size(), values.begin());
  return values;
}

Values PlainOn(const HeadPose& pose) {
  return NeutralFace().Compare(MeasuresOf(UprightPoints(ProjectedHead(ExpressiveHead(), pose))));
}

TEST(SignalMeterOfARenderedHead, HardlyChangesWithItsDirection) {
  const HeadPose facing = PoseOf(0.0F, 0.0F, 0.0F);
  const Values start = MeasuredOn(facing);
  const Values plain_start = PlainOn(facing);
  Values most{}, plain_most{};
  for (const float yaw : {-25.0F, 0.0F, 25.0F}) {
    for (const float pitch : {-25.0F, 0.0F, 25.0F}) {
      const HeadPose pose = PoseOf(yaw, pitch, 5.0F);
      const Values values = MeasuredOn(pose);
      const Values plain = PlainOn(pose);
      for (size_t i = 0; i < values.size(); ++i) {
        most[i] = std::max(most[i], std::abs(values[i] - start[i]));
        plain_most[i] = std::max(plain_most[i], std::abs(plain[i] - plain_start[i]));
      }
    }
  }
  for (size_t i = 0; i < most.size(); ++i) {
    std::cout << fmt::format("{:<15}  {:.3f}  {:.3f}\n", SignalInfos()[i].name, most[i],
                             plain_most[i]);
    EXPECT_LT(most[i], 0.1) << SignalInfos()[i].name;
    EXPECT_LT(most[i], 0.5 * plain_most[i]) << SignalInfos()[i].name;
  }
}

}  // namespace
}  // namespace nosetip

#include "tracker/signals/signal_meter.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/turned_head.h"
#include "tracker/core/face_shape.h"
#include "tracker/signals/frontal_face.h"

namespace nosetip {
namespace {

TrackedFace FaceOf(const std::array<Point3, 68>& head, const HeadPose& pose, int id = 0) {
  TrackedFace face;
  face.id = id;
  face.pose = pose;
  face.landmarks.points_px = ProjectedHead(head, pose);
  return face;
}

std::array<Point3, 68> HeadWithEyes(double part) {
  auto head = LearnedFaceShape().neutral_mm;
  for (const size_t first : {36U, 42U}) {
    for (const size_t lid : {1U, 2U, 4U, 5U}) head[first + lid][1] *= part;
  }
  return head;
}

FaceSignals SignalsOf(SignalMeter& meter, TrackedFace face, double time_s) {
  TrackResult result;
  result.pts_s = time_s;
  result.faces = {std::move(face)};
  meter.Measure(result);
  return result.faces[0].signals.value();
}

// A second and more of the mean head facing the camera.
SignalMeter MeterThatKnowsTheMeanHead() {
  SignalMeter meter(Ibug68());
  for (int i = 0; i < 80; ++i) {
    SignalsOf(meter, FaceOf(LearnedFaceShape().neutral_mm, PoseOf(0.0F, 0.0F, 0.0F)), 0.04 * i);
  }
  return meter;
}

TEST(SignalMeter, HardlyChangesWithTheHeadsDirection) {
  SignalMeter meter = MeterThatKnowsTheMeanHead();
  auto head = LearnedFaceShape().neutral_mm;
  for (const size_t k : {17U, 18U, 19U, 20U, 21U, 22U, 23U, 24U, 25U, 26U}) head[k][1] -= 5.0;
  for (const size_t corner : {48U, 54U}) {
    head[corner][0] *= 1.12;
    head[corner][1] -= 5.0;
  }
  const FaceSignals facing = SignalsOf(meter, FaceOf(head, PoseOf(0.0F, 0.0F, 0.0F)), 4.0);
  EXPECT_NEAR(facing[Signal::kBrowUpRight], 5.0 / 11.5, 0.01);
  EXPECT_GT(facing[Signal::kSmile], 0.3F);
  double time_s = 4.0;
  for (const float yaw : {-25.0F, 25.0F, 40.0F}) {
    for (const float pitch : {-20.0F, 15.0F}) {
      const FaceSignals turned =
          SignalsOf(meter, FaceOf(head, PoseOf(yaw, pitch, 10.0F)), time_s += 0.01);
      for (size_t i = 0; i < kExpressionSignals; ++i) {
        EXPECT_NEAR(turned.values[i], facing.values[i], 0.01) << i << ' ' << yaw << ' ' << pitch;
      }
      EXPECT_NEAR(turned[Signal::kHeadYaw], yaw, 0.01);
      EXPECT_NEAR(turned[Signal::kHeadPitch], pitch, 0.01);
    }
  }
}

TEST(SignalMeter, FindsBlinksOfEachPerson) {
  SignalMeter meter(Ibug68());
  int blinks[2] = {};
  for (int frame = 0; frame < 200; ++frame) {
    TrackResult result;
    result.pts_s = frame / 25.0;
    const bool shut = frame >= 100 && frame < 104;
    result.faces = {
        FaceOf(HeadWithEyes(shut ? 0.5 : 1.0), PoseOf(10.0F, 0.0F, 0.0F), 3),
        FaceOf(HeadWithEyes(1.0), PoseOf(0.0F, 0.0F, 0.0F), 7),
    };
    meter.Measure(result);
    for (size_t i = 0; i < 2; ++i) blinks[i] += result.faces[i].signals->blink.has_value();
    if (!result.faces[0].signals->blink) continue;
    EXPECT_NEAR(result.faces[0].signals->blink->start_s, 3.98, 0.02);
    EXPECT_NEAR(result.faces[0].signals->blink->end_s, 4.14, 0.02);
  }
  EXPECT_EQ(blinks[0], 1);
  EXPECT_EQ(blinks[1], 0);
}

TEST(SignalMeter, GivesTheConfidenceOfThePoints) {
  SignalMeter meter(Ibug68());
  TrackedFace face = FaceOf(LearnedFaceShape().neutral_mm, PoseOf(0.0F, 0.0F, 0.0F));
  EXPECT_EQ(SignalsOf(meter, face, 0.0).confidence[0], 1.0F);
  face.landmarks.confidence.assign(68, 0.5F);
  for (size_t k = 36; k < 42; ++k) face.landmarks.confidence[k] = 0.1F;
  const FaceSignals signals = SignalsOf(meter, face, 0.04);
  EXPECT_NEAR(signals.confidence[0], 0.1F, 1e-6);
  EXPECT_NEAR(signals.confidence[1], 0.5F, 1e-6);
}

TEST(SignalMeter, LeavesFacesWithoutPointsEmpty) {
  SignalMeter meter(Ibug68());
  TrackResult result;
  result.faces.resize(1);
  meter.Measure(result);
  EXPECT_FALSE(result.faces[0].signals);
}

TEST(SignalMeter, RefusesModelsWithoutThePoints) {
  const std::string error = MessageOf([] { SignalMeter meter(Imm58()); });
  EXPECT_NE(error.find("imm58"), std::string::npos) << error;
  EXPECT_NE(error.find("face68"), std::string::npos) << error;
}

}  // namespace
}  // namespace nosetip

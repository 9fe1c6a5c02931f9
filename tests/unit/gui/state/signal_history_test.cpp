#include "gui/state/signal_history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::DoubleNear;
using ::testing::IsEmpty;
using ::testing::Optional;

constexpr double kFrame_s = 0.05;

TrackedFace FaceWithSignals(int id, float side_px = 100.0F) {
  TrackedFace face;
  face.id = id;
  face.box.rect = {0.0F, 0.0F, side_px, side_px};
  face.signals.emplace();
  return face;
}

LiveFrame FrameAt(double time_s, std::vector<TrackedFace> faces) {
  LiveFrame live;
  live.schema = &Ibug68();
  live.result.pts_s = time_s;
  live.result.faces = std::move(faces);
  return live;
}

// One face, with a blink that ends in every `blink_every`-th frame.
void AddSeconds(SignalHistory& history, double seconds, int blink_every = 0) {
  const int count = static_cast<int>(seconds / kFrame_s + 0.5);
  for (int i = 0; i <= count; ++i) {
    TrackedFace face = FaceWithSignals(0);
    const double time_s = kFrame_s * i;
    if (blink_every > 0 && i % blink_every == blink_every - 1) {
      face.signals->blink = Blink{time_s - 0.2, time_s, 1.0F};
    }
    history.Add(FrameAt(time_s, {face}));
  }
}

TEST(SignalHistory, KeepsTenSeconds) {
  SignalHistory history;
  EXPECT_EQ(history.Latest(), nullptr);
  AddSeconds(history, 25.0);
  EXPECT_NEAR(history.samples().front().time_s, 15.0, kFrame_s);
  EXPECT_EQ(history.samples().back().time_s, history.now_s());
  EXPECT_NE(history.Latest(), nullptr);
}

TEST(SignalHistory, CountsBlinksAndTheirRateOverAMinute) {
  SignalHistory history;
  AddSeconds(history, 9.0, 40);
  EXPECT_EQ(history.blinks(), 4);
  EXPECT_FALSE(history.BlinksPerMinute());
  history = SignalHistory();
  AddSeconds(history, 150.0, 40);  // one in two seconds
  EXPECT_EQ(history.blinks(), 75);
  EXPECT_THAT(history.BlinksPerMinute(), Optional(DoubleNear(30.0, 1.0)));
}

TEST(SignalHistory, StaysWithAFaceUntilAnotherIsMuchLarger) {
  SignalHistory history;
  history.Add(FrameAt(0.0, {FaceWithSignals(1, 80.0F), FaceWithSignals(2, 100.0F)}));
  EXPECT_EQ(history.face_id(), 2);
  history.Add(FrameAt(0.1, {FaceWithSignals(1, 120.0F), FaceWithSignals(2, 100.0F)}));
  EXPECT_EQ(history.face_id(), 2);
  history.Add(FrameAt(0.2, {FaceWithSignals(1, 200.0F), FaceWithSignals(2, 100.0F)}));
  EXPECT_EQ(history.face_id(), 1);
  EXPECT_EQ(history.samples().size(), 1U) << "of the other face";
  history.Add(FrameAt(0.3, {FaceWithSignals(2, 100.0F)}));
  EXPECT_EQ(history.face_id(), 2) << "the first is lost";
}

TEST(SignalHistory, AFaceWithoutSignalsForAMomentLeavesAGap) {
  SignalHistory history;
  history.Add(FrameAt(0.0, {FaceWithSignals(1)}));
  TrackedFace turned_away = FaceWithSignals(1);
  turned_away.signals.reset();
  history.Add(FrameAt(0.1, {turned_away}));
  EXPECT_EQ(history.face_id(), 1);
  EXPECT_EQ(history.samples().size(), 1U);
  EXPECT_EQ(history.Latest(), nullptr);
}

TEST(SignalHistory, StartsOverWithAnotherRunModelOrTime) {
  const auto after = [](LiveFrame next) {
    SignalHistory history;
    AddSeconds(history, 5.0, 20);
    history.Add(next);
    return history;
  };
  EXPECT_EQ(after(FrameAt(6.0, {})).blinks(), 5);
  LiveFrame other_run = FrameAt(6.0, {});
  other_run.run = 1;
  EXPECT_EQ(after(other_run).blinks(), 0);
  EXPECT_THAT(after(other_run).samples(), IsEmpty());
  LiveFrame other_model = FrameAt(6.0, {});
  other_model.schema = &Nose1();
  EXPECT_FALSE(after(other_model).face_id());
  EXPECT_FALSE(after(FrameAt(1.0, {})).face_id());
}

TEST(SignalHistory, LearnsForThreeSecondsAndAgainWhenCalibrated) {
  SignalHistory history;
  AddSeconds(history, 2.9);
  EXPECT_TRUE(history.IsLearning());
  history = SignalHistory();
  AddSeconds(history, 3.1);
  EXPECT_FALSE(history.IsLearning());
  history.Calibrate();
  EXPECT_TRUE(history.IsLearning());
  history.Add(FrameAt(6.2, {FaceWithSignals(0)}));
  EXPECT_FALSE(history.IsLearning());
}

}  // namespace
}  // namespace nosetip

#include "tracker/signals/neutral_face.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr FaceMeasures kFace = {0.4, 0.25, 1.0, 48.0, 1.0, 22.0, 17.0, 0.5};
constexpr FaceMeasures kSmiling = {0.25, 0.2, 12.0, 66.0, 13.0, 24.0, 19.0, 0.5};

void AddFrames(NeutralFace& neutral, const FaceMeasures& measures, double from_s, double to_s) {
  for (double time_s = from_s; time_s < to_s; time_s += 0.04) neutral.Add(measures, time_s);
}

TEST(NeutralFace, IsAnAverageOneAtFirst) {
  const NeutralFace neutral;
  const auto signals = neutral.Compare(neutral.values());
  for (size_t i = 2; i < signals.size(); ++i) EXPECT_NEAR(signals[i], 0.0, 1e-9);
  EXPECT_NEAR(signals[0], 1.0, 1e-9);
}

TEST(NeutralFace, IsThePersonsAfterASecond) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 1.1);
  EXPECT_EQ(neutral.values(), kFace);
}

TEST(NeutralFace, IsLearnedFromMostFramesNotFromAll) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 2.0);
  AddFrames(neutral, kSmiling, 2.0, 2.99);
  EXPECT_EQ(neutral.values(), kFace);
}

TEST(NeutralFace, ASmileAfterwardsStaysOne) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 3.2);
  AddFrames(neutral, kSmiling, 3.2, 60.0);
  const auto signals = neutral.Compare(kSmiling);
  EXPECT_NEAR(signals[2], 11.0 / 27.0, 1e-6);
  EXPECT_NEAR(signals[3], 18.0 / 24.0, 1e-6);
  EXPECT_NEAR(signals[4], 12.0 / 15.0, 1e-6);
  EXPECT_NEAR(signals[5], 2.0 / 11.5, 1e-6);
}

TEST(NeutralFace, FollowsTheUsualOpeningOfEyesButNoBlink) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 3.2);
  FaceMeasures narrower = kFace;
  narrower[0] = 0.32;
  FaceMeasures shut = kFace;
  shut[0] = 0.1;
  AddFrames(neutral, shut, 3.2, 33.2);
  EXPECT_NEAR(neutral.values()[0], 0.4, 1e-6);
  AddFrames(neutral, narrower, 33.2, 63.2);
  EXPECT_NEAR(neutral.values()[0], 0.32 + 0.08 / 2.718, 0.002);
}

TEST(NeutralFace, CalibrateLearnsOverAndKeepsTheOldUntilThen) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 3.2);
  neutral.Calibrate();
  EXPECT_EQ(neutral.values(), kFace);
  AddFrames(neutral, kSmiling, 3.2, 4.4);
  EXPECT_EQ(neutral.values(), kSmiling);
}

TEST(NeutralFace, BlinksTeachHowFarEyesShut) {
  NeutralFace neutral;
  AddFrames(neutral, kFace, 0.0, 3.2);
  FaceMeasures shut = kFace;
  shut[0] = 0.25 * kFace[0];
  shut[1] = 0.25 * kFace[1];
  EXPECT_LT(neutral.Compare(shut)[0], -0.2);
  neutral.LearnShutEyes(neutral.Compare(shut)[0]);
  EXPECT_NEAR(neutral.Compare(shut)[0], 0.0, 1e-9);
  neutral.LearnShutEyes(0.4);  // a half blink
  EXPECT_NEAR(neutral.Compare(shut)[0], 0.0, 1e-9);
  EXPECT_NEAR(neutral.Compare(kFace)[1], 1.0, 1e-9);
}

}  // namespace
}  // namespace nosetip

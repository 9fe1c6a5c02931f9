#include "tracker/signals/blink_detector.h"

#include <cmath>
#include <functional>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

std::vector<Blink> BlinksOf(double rate_hz, double seconds,
                            const std::function<double(double time_s)>& openness) {
  BlinkDetector detector;
  std::vector<Blink> blinks;
  for (int frame = 0; frame < seconds * rate_hz; ++frame) {
    const double time_s = frame / rate_hz;
    if (const auto blink = detector.Step(time_s, openness(time_s))) blinks.push_back(*blink);
  }
  return blinks;
}

// Falls to `lowest` at `middle_s`, on a straight line from 0.1 s before to 0.1 s after.
double Dip(double time_s, double middle_s, double lowest) {
  return std::min(1.0, lowest + (1.0 - lowest) * std::abs(time_s - middle_s) / 0.1);
}

TEST(BlinkDetector, FindsABlinkAtAnyFrameRate) {
  for (const double rate_hz : {20.0, 25.0, 30.0, 60.0, 240.0}) {
    const auto blinks =
        BlinksOf(rate_hz, 3.0, [](double time_s) { return Dip(time_s, 1.0, 0.05); });
    ASSERT_EQ(blinks.size(), 1U) << rate_hz;
    EXPECT_NEAR(blinks[0].start_s, 0.953, 0.02) << rate_hz;
    EXPECT_NEAR(blinks[0].end_s, 1.047, 0.02) << rate_hz;
    EXPECT_NEAR(blinks[0].depth, 0.95, 0.1) << rate_hz;
  }
}

TEST(BlinkDetector, PassesOverEyesThatAreNotHalfShut) {
  EXPECT_TRUE(BlinksOf(50, 3.0, [](double t) { return Dip(t, 1.0, 0.55); }).empty());
}

TEST(BlinkDetector, CountsABlinkThatTremblesAtAHalfOnce) {
  const auto blinks = BlinksOf(100, 2.0, [](double t) {
    const bool shut = t > 1.0 && t < 1.2;
    return shut ? 0.5 + 0.04 * std::cos(t * 314.16) : 1.0;
  });
  EXPECT_EQ(blinks.size(), 1U);
}

TEST(BlinkDetector, TakesNarrowedOrRestingEyesForNoBlink) {
  const auto held = [](double lowest, double seconds) {
    return BlinksOf(30, 5.0, [=](double t) { return t > 1.0 && t < 1.0 + seconds ? lowest : 1.0; })
        .size();
  };
  EXPECT_EQ(held(0.35, 0.3), 1U);
  EXPECT_EQ(held(0.35, 1.0), 0U);  // narrowed
  EXPECT_EQ(held(0.1, 1.0), 1U);   // a slow blink
  EXPECT_EQ(held(0.1, 2.5), 0U);   // shut
}

TEST(BlinkDetector, SkipsASingleOddFrameAtAHighRate) {
  EXPECT_TRUE(
      BlinksOf(120, 2.0, [](double t) { return std::abs(t - 1.0) < 0.004 ? 0.2 : 1.0; }).empty());
}

TEST(BlinkDetector, DropsWhatAGapInterrupts) {
  BlinkDetector detector;
  EXPECT_FALSE(detector.Step(0.0, 1.0));
  EXPECT_FALSE(detector.Step(0.04, 0.1));
  EXPECT_FALSE(detector.Step(0.9, 1.0));
  EXPECT_FALSE(detector.Step(0.94, 1.0));
}

}  // namespace
}  // namespace nosetip

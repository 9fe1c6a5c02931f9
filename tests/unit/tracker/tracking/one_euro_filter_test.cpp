#include "tracker/tracking/one_euro_filter.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr double kFrameS = 1.0 / 30.0;

TEST(OneEuroFilter, LeavesAConstantSignalAlone) {
  OneEuroFilter filter;
  for (int i = 0; i < 50; ++i) EXPECT_DOUBLE_EQ(filter.Filter(7.5, kFrameS, {1.0, 2.0}), 7.5);
}

// Of a step, 1 / (1 + 1 / (2 pi cutoff dt)) is taken over in each frame.
TEST(OneEuroFilter, TakesAStepOverAsItsCutoffSays) {
  OneEuroFilter filter;
  const OneEuroSettings settings{2.0, 0.0};
  filter.Filter(0.0, kFrameS, settings);
  const double turns = 2.0 * 3.14159265358979 * 2.0 * kFrameS;
  const double part = turns / (1.0 + turns);
  EXPECT_NEAR(filter.Filter(1.0, kFrameS, settings), part, 1e-9);
  EXPECT_NEAR(filter.Filter(1.0, kFrameS, settings), 1.0 - (1.0 - part) * (1.0 - part), 1e-9);
}

TEST(OneEuroFilter, CalmsASmallTremor) {
  OneEuroFilter filter;
  double largest = 0.0;
  for (int i = 0; i < 200; ++i) {
    const double out = filter.Filter(i % 2 == 0 ? 0.01 : -0.01, kFrameS, {1.0, 5.0});
    if (i > 50) largest = std::max(largest, std::abs(out));
  }
  EXPECT_LT(largest, 0.3 * 0.01);
}

TEST(OneEuroFilter, RunsLessBehindAFastSignalWithASpeedTerm) {
  const auto behind = [](double per_speed) {
    OneEuroFilter filter;
    double out = 0.0;
    for (int i = 0; i < 60; ++i) out = filter.Filter(0.1 * i, kFrameS, {1.0, per_speed});
    return 0.1 * 59 - out;
  };
  EXPECT_GT(behind(0.0), 0.3);
  EXPECT_LT(behind(20.0), 0.05);
}

}  // namespace
}  // namespace nosetip

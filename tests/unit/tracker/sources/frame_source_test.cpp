#include "tracker/sources/frame_source.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(FrameClock, CountsFromTheFirstFrame) {
  FrameClock clock(25.0);
  EXPECT_EQ(clock.TimeOf(5000.0), 0.0);
  EXPECT_DOUBLE_EQ(clock.TimeOf(5000.07), 5000.07 - 5000.0);
  EXPECT_DOUBLE_EQ(clock.TimeOf(5001.5), 1.5);
}

TEST(FrameClock, GoesOnByTheRateWhereTheSourceHasNoTimes) {
  FrameClock clock(50.0);
  for (int i = 0; i < 10; ++i) EXPECT_NEAR(clock.TimeOf(0.0), 0.02 * i, 1e-12);
  FrameClock unknown;
  unknown.TimeOf(0.0);
  EXPECT_NEAR(unknown.TimeOf(std::numeric_limits<double>::quiet_NaN()), 0.04, 1e-12);
}

TEST(FrameClock, NeverStandsStillNorGoesBack) {
  FrameClock clock(10.0);
  double last = clock.TimeOf(0.0);
  for (const double source_s : {0.1, 0.2, 0.2, 0.1, -5.0, 0.9, 0.3}) {
    const double now = clock.TimeOf(source_s);
    EXPECT_GT(now, last);
    last = now;
  }
}

TEST(FrameClock, TakesATimeBeforeTheStartAsTheStart) {
  FrameClock clock(25.0);
  EXPECT_EQ(clock.TimeOf(-0.08), 0.0);
  EXPECT_DOUBLE_EQ(clock.TimeOf(0.04), 0.04);
}

}  // namespace
}  // namespace nosetip

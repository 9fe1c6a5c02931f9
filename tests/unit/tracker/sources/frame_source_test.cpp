#include "tracker/sources/frame_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

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
  for (int i = 0; i < 10; ++i) EXPECT_NEAR(clock.TimeOf(std::nullopt), 0.02 * i, 1e-12);
  FrameClock unknown;
  unknown.TimeOf(std::nullopt);
  EXPECT_NEAR(unknown.TimeOf(std::nullopt), 0.04, 1e-12);
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

TEST(FrameClock, CountsFromAFirstTimeBelowZero) {
  FrameClock clock(25.0);
  EXPECT_EQ(clock.TimeOf(-0.08), 0.0);
  EXPECT_DOUBLE_EQ(clock.TimeOf(0.04), 0.12);
}

TEST(FrameClock, GoesOnFromTheFirstTimeThatIsKnown) {
  FrameClock clock(25.0);
  clock.TimeOf(std::nullopt);
  EXPECT_NEAR(clock.TimeOf(7000.0), 0.04, 1e-9);
  EXPECT_NEAR(clock.TimeOf(7000.5), 0.54, 1e-9);
}

TEST(WithoutFileScheme, GivesThePathOfAFileAddress) {
  EXPECT_EQ(WithoutFileScheme("file:///home/a%20b.mp4"), "/home/a b.mp4");
  EXPECT_EQ(WithoutFileScheme("file://localhost/%C3%BC%2e%zz%4"), "/\u00fc.%zz%4");
  for (const char* other : {"/home/a%20b.mp4", "http://host/a%20b.mp4", "file:a%20b.mp4", ""}) {
    EXPECT_EQ(WithoutFileScheme(other), other);
  }
  EXPECT_THAT(MessageOf([] { WithoutFileScheme("file://server/a.mp4"); }),
              testing::HasSubstr("another machine"));
}

}  // namespace
}  // namespace nosetip

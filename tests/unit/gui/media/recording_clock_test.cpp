#include "gui/media/recording_clock.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

LiveFrame At(double pts_s, int captured_ms, int64_t run = 1, bool is_live = false) {
  LiveFrame live;
  live.result.pts_s = pts_s;
  live.captured_at += std::chrono::milliseconds(captured_ms);
  live.run = run;
  live.is_live = is_live;
  return live;
}

TEST(RecordingClock, FollowsAFilesTimestampsHoweverSlowlyItWasTracked) {
  RecordingClock clock;
  EXPECT_EQ(clock.TimeOf(At(5.0, 100)), 0.0);
  EXPECT_NEAR(clock.TimeOf(At(5.04, 900)), 0.04, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(5.14, 950)), 0.14, 1e-9);
}

TEST(RecordingClock, GoesOnByAStepWhereAFileStartsOverOrGoesElsewhere) {
  RecordingClock clock;
  clock.TimeOf(At(1.0, 0));
  EXPECT_NEAR(clock.TimeOf(At(1.1, 100)), 0.1, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.0, 5000, 2)), 0.2, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.1, 5100, 2)), 0.3, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(90.0, 5200, 3)), 0.4, 1e-9);
}

TEST(RecordingClock, FollowsTheClockForCamerasAlsoWhenTheyComeBack) {
  RecordingClock clock;
  clock.TimeOf(At(0.0, 1000, 1, true));
  // The stream says 25 Hz and sends 10.
  EXPECT_NEAR(clock.TimeOf(At(0.04, 1100, 1, true)), 0.1, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.08, 1200, 1, true)), 0.2, 1e-9);
  EXPECT_NEAR(clock.TimeOf(At(0.0, 7200, 2, true)), 6.2, 1e-9);
}

TEST(RecordingClock, AlwaysGrows) {
  RecordingClock clock;
  double last = -1.0;
  for (const bool is_live : {false, true}) {
    for (int i = 0; i < 5; ++i) {
      const double time = clock.TimeOf(At(3.0, 50, 1, is_live));
      EXPECT_GT(time, last);
      last = time;
    }
  }
}

}  // namespace
}  // namespace nosetip

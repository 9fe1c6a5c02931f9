#include "gui/state/app_state.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

TEST(MeasureTest, KeepsTheLatestAndTheirPercentiles) {
  Measure measure(5);
  EXPECT_EQ(measure.Percentile(0.5), 0.0);
  for (const double v : {100.0, 100.0, 1.0, 2.0, 3.0, 4.0, 5.0}) measure.Add(v);
  EXPECT_EQ(measure.Values(), (std::vector<float>{1, 2, 3, 4, 5}));
  EXPECT_EQ(measure.Percentile(0.5), 3.0);
  EXPECT_EQ(measure.Percentile(1.0), 5.0);
}

TEST(PerformanceMeterTest, LatencyIsFromCaptureToTheScreen) {
  using std::chrono::milliseconds;
  PerformanceMeter meter;
  const auto start = std::chrono::steady_clock::now();
  for (int i = 0; i < 20; ++i) {
    LiveFrame frame;
    frame.index = i;
    frame.captured_at = start + milliseconds(40 * i);
    meter.AddShown(frame, frame.captured_at + milliseconds(25));
  }
  EXPECT_NEAR(meter.latency_ms().Percentile(0.5), 25.0, 0.01);
  EXPECT_NEAR(meter.FrameRateHz(), 25.0, 0.01);
}

TEST(EventLogTest, CountsWhatIsSaidAgainAndForgetsTheOldest) {
  EventLog log(3);
  log.Add(Severity::kInfo, "a");
  log.Add(Severity::kInfo, "a");
  ASSERT_THAT(log.lines(), SizeIs(1));
  EXPECT_EQ(log.lines().front().times, 2);
  for (const char* text : {"b", "c", "d"}) log.Add(Severity::kInfo, text);
  ASSERT_THAT(log.lines(), SizeIs(3));
  EXPECT_EQ(log.lines().front().text, "b");
}

TEST(EventLogTest, ShowsNoPasswordAndNoControlCharacter) {
  EventLog log;
  log.Add(Severity::kError, "rtsp://me:s3cret@host/\x1b[31m: no answer");
  EXPECT_EQ(log.lines().front().text, "rtsp://me:***@host/\\x1b[31m: no answer");
}

TEST(TrailsTest, AFaceThatHasGoneLeavesNone) {
  Trails trails;
  TrackResult result;
  result.faces.resize(1);
  result.faces[0].id = 4;
  for (int i = 0; i < 5; ++i) {
    result.faces[0].landmarks.points_px = {{static_cast<float>(i), 0.0F}};
    trails.Add(result, 3);
  }
  ASSERT_NE(trails.Of(4), nullptr);
  ASSERT_THAT(*trails.Of(4), SizeIs(3));
  EXPECT_EQ(trails.Of(4)->back()[0].x, 4.0F);
  trails.Add({}, 3);
  EXPECT_EQ(trails.Of(4), nullptr);
}

TEST(StatusWatchTest, SaysEachChangeOnce) {
  StatusWatch watch;
  LiveStatus status;
  status.state = LiveState::kRunning;
  EXPECT_THAT(watch.Update(status), IsEmpty());
  status.info = SourceInfo{SourceKind::kCamera, "0", 1280, 720, 30.0, std::nullopt, ""};
  ASSERT_THAT(watch.Update(status), SizeIs(1));
  EXPECT_THAT(watch.Update(status), IsEmpty());
  status.state = LiveState::kRetrying;
  status.message = "camera 0: was unplugged";
  const auto lines = watch.Update(status);
  ASSERT_THAT(lines, SizeIs(1));
  EXPECT_EQ(lines[0].severity, Severity::kWarning);
  status.state = LiveState::kRunning;
  status.message = "";
  ASSERT_THAT(watch.Update(status), SizeIs(1));  // it is back
}

}  // namespace
}  // namespace nosetip

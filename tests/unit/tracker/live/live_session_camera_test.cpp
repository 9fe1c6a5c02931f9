// Cameras and streams in a live session.
#include <latch>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

const char* const kCamera = "0";

class LiveSessionWithCamera : public LiveSessionTest {
 protected:
  // Frames without end, one a millisecond.
  static FramePtr SlowFrame(int64_t id) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return PlainFrame(id, 0.001 * static_cast<double>(id));
  }
};

TEST_F(LiveSessionWithCamera, ABusyTrackerGetsTheNewestFrameAndTheOthersAreCounted) {
  std::latch tracker_has_first(1);
  std::latch tracker_may_go_on(1);
  std::latch source_may_go_on(1);
  LiveSetup setup = Setup(kCamera, [&](int64_t id) {
    if (id == 1) tracker_has_first.wait();
    if (id == 20) source_may_go_on.wait();
    return id < 20 ? PlainFrame(id, 0.0) : SlowFrame(id);
  });
  setup.make_parts = [&] {
    return Parts([&, is_first = true]() mutable {
      if (!std::exchange(is_first, false)) return;
      tracker_has_first.count_down();
      tracker_may_go_on.wait();
    });
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Eventually([&] { return session.Status().dropped == 18; }));
  EXPECT_EQ(session.Status().captured, 20);
  tracker_may_go_on.count_down();
  EXPECT_TRUE(Tracks(session, 2));
  const LiveFrame live = NextResult(session);
  EXPECT_EQ(live.frame->id, 19);
  EXPECT_EQ(live.index, 1);
  EXPECT_EQ(session.Status().dropped, 18);
  source_may_go_on.count_down();
}

TEST_F(LiveSessionWithCamera, ThatCannotBeOpenedIsTriedAgainUntilItCan) {
  std::latch was_seen(1);
  std::atomic<int> tries = 0;
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.capture.open_source = [&](const std::string& name, const CameraOptions&,
                                  const std::stop_token&) -> std::unique_ptr<FrameSource> {
    if (++tries == 2) was_seen.wait();
    if (tries <= 3) throw Error("camera 0: another program uses it; close that program");
    return std::make_unique<ScriptedSource>(name, SlowFrame);
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_THAT(session.Status().message, HasSubstr("another program uses it"));
  was_seen.count_down();
  EXPECT_TRUE(Tracks(session, 3));
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  EXPECT_EQ(session.Status().message, "");
  EXPECT_EQ(tries, 4);
}

TEST_F(LiveSessionWithCamera, ThatGoesAwayComesBackWithOtherFaces) {
  std::latch was_seen(1);
  std::atomic<int> opened = 0;
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.capture.open_source = [&](const std::string& name, const CameraOptions&,
                                  const std::stop_token&) {
    if (++opened == 2) was_seen.wait();
    return std::make_unique<ScriptedSource>(name, [first = opened == 1](int64_t id) -> FramePtr {
      if (first && id == 3) throw Error("camera 0 went away; check its cable");
      return SlowFrame(id);
    });
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_THAT(session.Status().message, HasSubstr("went away"));
  EXPECT_EQ(session.Status().captured, 3);
  const LiveFrame before = NextResult(session);
  was_seen.count_down();
  EXPECT_TRUE(Eventually([&] { return session.Status().captured > 3; }));
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  EXPECT_TRUE(Eventually([&] {
    const auto live = session.TakeLatest();
    return live && live->result.faces.size() == 1 &&
           live->result.faces[0].id > before.result.faces.at(0).id;
  }));
}

TEST_F(LiveSessionWithCamera, AStreamThatEndsIsTriedAgain) {
  LiveSetup setup = Setup("rtsp://camera.local/1", Clip(2));
  setup.capture.retry.first = std::chrono::hours(1);
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_THAT(session.Status().message, HasSubstr("rtsp://camera.local/1"));
}

TEST_F(LiveSessionWithCamera, ClosingAndSwitchingDoNotWaitForTheNextTry) {
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.capture.open_source = [](const std::string& name, const CameraOptions&,
                                 const std::stop_token&) -> std::unique_ptr<FrameSource> {
    if (name != "clip.mp4") throw Error("there is no camera " + name);
    return std::make_unique<ScriptedSource>(name, Clip(2));
  };
  setup.capture.retry.first = std::chrono::hours(1);
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_GT(session.Status().retry_in_s, 1000.0);
  session.SetSource("clip.mp4");
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  session.SetSource("1");
  EXPECT_TRUE(Reaches(session, LiveState::kRetrying));
  EXPECT_THAT(session.Status().message, HasSubstr("camera 1"));
}

TEST_F(LiveSessionWithCamera, WaitsTwiceAsLongAfterEachTryUpToTheLongest) {
  std::atomic<int> tries = 0;
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.capture.open_source = [&](const std::string&, const CameraOptions&,
                                  const std::stop_token&) -> std::unique_ptr<FrameSource> {
    ++tries;
    throw Error("there is no camera");
  };
  setup.capture.retry = {std::chrono::milliseconds(1), std::chrono::hours(1)};
  LiveSession session(std::move(setup));
  // 1 ms, 2 ms, 4 ms ... the tenth wait is the first of more than 0.3 s.
  EXPECT_TRUE(Eventually([&] { return session.Status().retry_in_s > 0.3; }));
  EXPECT_GE(tries, 10);
}

TEST_F(LiveSessionWithCamera, IsAskedAnewForAnotherSize) {
  std::mutex mutex;
  std::vector<int> widths;
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.camera.camera_width = 640;
  setup.capture.open_source = [&](const std::string& name, const CameraOptions& asked,
                                  const std::stop_token&) {
    const std::lock_guard lock(mutex);
    widths.push_back(asked.camera_width);
    return std::make_unique<ScriptedSource>(name, SlowFrame);
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Tracks(session, 1));
  session.SetSource(kCamera, {.camera_width = 1280, .camera_height = 720});
  EXPECT_TRUE(Tracks(session, 1));
  session.SetSource(kCamera);
  EXPECT_TRUE(Tracks(session, 1));
  session.Close();
  EXPECT_THAT(widths, ElementsAre(640, 1280, 0));
}

TEST_F(LiveSessionWithCamera, ReadsOnWhilePausedAndStepsToWhatIsNew) {
  std::atomic<int64_t> reads = 0;
  LiveSession session(Setup(kCamera, [&](int64_t id) {
    reads = id;
    return SlowFrame(id);
  }));
  EXPECT_TRUE(Tracks(session, 1));
  session.Pause();
  const int64_t captured = session.Status().captured;
  const int64_t reads_then = reads;
  EXPECT_TRUE(Eventually([&] { return reads > reads_then + 20; }));
  EXPECT_LE(session.Status().captured, captured + 1);
  EXPECT_EQ(session.Status().state, LiveState::kPaused);
  EXPECT_TRUE(Eventually([&] {
    const LiveStatus status = session.Status();
    return status.tracked + status.dropped == status.captured;
  }));
  session.TakeLatest();
  session.StepOnce();
  EXPECT_GE(NextResult(session).frame->id, reads_then + 20);
}

}  // namespace
}  // namespace nosetip

// Files in a live session.
#include <latch>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

const char* const kFile = "clip.mp4";

using LiveSessionWithFile = LiveSessionTest;

TEST_F(LiveSessionWithFile, TracksEveryFrameAndThenEnds) {
  LiveSession session(Setup(kFile, Clip(40)));
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  EXPECT_TRUE(Tracks(session, 40));
  const LiveStatus status = session.Status();
  EXPECT_EQ(status.captured, 40);
  EXPECT_EQ(status.tracked, 40);
  EXPECT_EQ(status.dropped, 0);
  EXPECT_EQ(status.source, kFile);
  ASSERT_TRUE(status.info.has_value());
  EXPECT_EQ(status.info->name, kFile);
  EXPECT_GT(status.capture_rate_hz, 0.0);
  const LiveFrame last = NextResult(session);
  EXPECT_EQ(last.frame->id, 39);
  EXPECT_EQ(last.index, 39);
  EXPECT_EQ(last.schema, &Ibug68());
  EXPECT_GE(last.LatencyMs(), 0.0);
}

TEST_F(LiveSessionWithFile, WaitsForATrackerThatIsSlowerThanTheFile) {
  constexpr int64_t kCount = 30;
  std::latch go(1);
  std::atomic<int64_t> reads = 0;
  LiveSetup setup = Setup(kFile, [&](int64_t id) {
    ++reads;
    return Clip(kCount, 0.0001)(id);
  });
  setup.make_parts = [&] { return Parts([&] { go.wait(); }); };
  LiveSession session(std::move(setup));
  // One frame at the tracker, one in the slot, one in hand.
  EXPECT_TRUE(Eventually([&] { return reads == 3; }));
  GiveItAChance();
  EXPECT_EQ(reads, 3);
  EXPECT_EQ(session.Status().tracked, 0);
  go.count_down();
  EXPECT_TRUE(Tracks(session, kCount));
  EXPECT_EQ(session.Status().captured, kCount);
  EXPECT_EQ(session.Status().dropped, 0);
}

TEST_F(LiveSessionWithFile, ResultsAreThoseOfTheirFramesAndInOrder) {
  constexpr int64_t kCount = 60;
  const auto place = [](int64_t id) {
    return Point2f{60.0F + 2.0F * static_cast<float>(id), 190.0F - static_cast<float>(id)};
  };
  LiveSession session(Setup(kFile, [&](int64_t id) -> FramePtr {
    return id < kCount ? CodedFrame(id, 0.002 * static_cast<double>(id), {place(id)}) : nullptr;
  }));
  int64_t last_id = -1;
  while (last_id + 1 < kCount) {
    const LiveFrame live = NextResult(session);
    ASSERT_NE(live.frame, nullptr);
    EXPECT_GT(live.frame->id, last_id);
    EXPECT_EQ(live.index, live.frame->id);
    last_id = live.frame->id;
    EXPECT_EQ(live.result.frame_id, live.frame->id);
    EXPECT_EQ(live.result.pts_s, live.frame->pts_s);
    ASSERT_EQ(live.result.faces.size(), 1U);
    const Point2f found = BoundsOf(live.result.faces[0].landmarks.points_px).Center();
    EXPECT_LT(Distance(found, place(last_id)), 0.1F) << "frame " << last_id;
  }
}

TEST_F(LiveSessionWithFile, AFrameIsNotShownBeforeItsTimeAndClosingDoesNotWaitForIt) {
  LiveSession session(Setup(kFile, Clip(5, 3600.0)));
  EXPECT_TRUE(Tracks(session, 1));
  GiveItAChance();
  EXPECT_EQ(session.Status().captured, 1);
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
}

TEST_F(LiveSessionWithFile, PauseHoldsItAndResumeGoesOn) {
  LiveSession session(Setup(kFile, Clip(1000000)));
  EXPECT_TRUE(Tracks(session, 3));
  session.Pause();
  EXPECT_EQ(session.Status().state, LiveState::kPaused);
  const int64_t captured = session.Status().captured;
  GiveItAChance();
  // One frame may have been on its way.
  EXPECT_LE(session.Status().captured, captured + 1);
  session.Resume();
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  EXPECT_TRUE(Tracks(session, captured + 10));
}

TEST_F(LiveSessionWithFile, StepsOneFrameAtATime) {
  LiveSession session(Setup(kFile, Clip(10, 3600.0)));
  EXPECT_EQ(NextResult(session).frame->id, 0);
  for (int64_t id = 1; id < 4; ++id) {
    session.StepOnce();
    EXPECT_EQ(session.Status().state, LiveState::kPaused);
    EXPECT_EQ(NextResult(session).frame->id, id);
    GiveItAChance();
    EXPECT_EQ(session.Status().captured, id + 1);
  }
}

TEST_F(LiveSessionWithFile, LoopStartsOverWithNewIdsUntilItIsSwitchedOff) {
  LiveSetup setup = Setup(kFile, Clip(5));
  LiveSession session(std::move(setup));
  session.SetLoop(true);
  EXPECT_TRUE(Tracks(session, 30));
  EXPECT_EQ(session.Status().dropped, 0);
  session.SetLoop(false);
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  const LiveStatus status = session.Status();
  EXPECT_EQ(status.captured % 5, 0);
  EXPECT_TRUE(Tracks(session, status.captured));
  const LiveFrame last = NextResult(session);
  ASSERT_EQ(last.result.faces.size(), 1U);
  EXPECT_EQ(last.result.faces[0].id, status.captured / 5 - 1);
}

TEST_F(LiveSessionWithFile, APictureIsNotLooped) {
  LiveSession session(Setup("face.png", Clip(1)));
  session.SetLoop(true);
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  GiveItAChance();
  EXPECT_EQ(session.Status().captured, 1);
  EXPECT_EQ(session.Status().state, LiveState::kEnded);
}

TEST_F(LiveSessionWithFile, SeeksForwardAndBackWhilePaused) {
  LiveSession session(Setup(kFile, Clip(10, 3600.0)));
  EXPECT_EQ(NextResult(session).frame->id, 0);
  session.Pause();
  session.SeekTo(6.5 * 3600.0);
  EXPECT_EQ(NextResult(session).frame->id, 7);
  session.SeekTo(2.0 * 3600.0);
  EXPECT_EQ(NextResult(session).frame->id, 2);
  session.SeekTo(1e9);
  EXPECT_EQ(NextResult(session).frame->id, 9);
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  session.SeekTo(0.0);
  EXPECT_EQ(NextResult(session).frame->id, 0);
  EXPECT_EQ(session.Status().state, LiveState::kPaused);
}

TEST_F(LiveSessionWithFile, AFileThatBreaksOffFailsForGood) {
  std::atomic<int> opened = 0;
  LiveSetup setup = Setup(kFile, nullptr);
  setup.capture.open_source = [&](const std::string& name, const CameraOptions&,
                                  const std::stop_token&) {
    ++opened;
    return std::make_unique<ScriptedSource>(name, [](int64_t id) -> FramePtr {
      if (id == 3) throw Error("clip.mp4: the file is truncated; copy it again");
      return PlainFrame(id, 0.001 * static_cast<double>(id));
    });
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kFailed));
  EXPECT_THAT(session.Status().message, HasSubstr("truncated"));
  EXPECT_TRUE(Tracks(session, 3));
  GiveItAChance();
  EXPECT_EQ(session.Status().state, LiveState::kFailed);
  EXPECT_EQ(opened, 1);
}

TEST_F(LiveSessionWithFile, AFileWithoutFramesFails) {
  LiveSession session(Setup(kFile, Clip(0)));
  session.SetLoop(true);
  EXPECT_TRUE(Reaches(session, LiveState::kFailed));
  EXPECT_THAT(session.Status().message, HasSubstr(kFile));
}

TEST_F(LiveSessionWithFile, AnotherSourceTakesOverFromOneThatFailed) {
  LiveSetup setup = Setup("missing.mp4", nullptr);
  setup.capture.open_source = [](const std::string& name, const CameraOptions&,
                                 const std::stop_token&) -> std::unique_ptr<FrameSource> {
    if (name == "missing.mp4") throw Error(name + ": no such file");
    return std::make_unique<ScriptedSource>(name, Clip(4));
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kFailed));
  EXPECT_THAT(session.Status().message, HasSubstr("no such file"));
  session.SetSource(kFile);
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  EXPECT_TRUE(Tracks(session, 4));
  EXPECT_EQ(session.Status().message, "");
  EXPECT_EQ(session.Status().source, kFile);
}

TEST_F(LiveSessionWithFile, AnotherSourceGivesOtherFacesAndNoResultOfTheOldOne) {
  LiveSession session(Setup("one.mp4", Clip(1000000)));
  const LiveFrame first = NextResult(session);
  ASSERT_EQ(first.result.faces.size(), 1U);
  for (int64_t serial = 1; serial <= 3; ++serial) {
    EXPECT_TRUE(Tracks(session, 3));
    session.SetSource("two.mp4");
    const LiveFrame live = NextResult(session);
    EXPECT_EQ(live.source_serial, serial);
    ASSERT_EQ(live.result.faces.size(), 1U);
    EXPECT_EQ(live.result.faces[0].id, serial);
  }
}

}  // namespace
}  // namespace nosetip

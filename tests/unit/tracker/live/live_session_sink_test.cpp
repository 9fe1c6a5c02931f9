// What a live session hands on of every frame, as to a recording.
#include <latch>
#include <mutex>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

const char* const kFile = "clip.mp4";

class LiveSessionSink : public LiveSessionTest {
 protected:
  // Keeps what it gets; for the tracking thread to write and the test to read.
  class Seen {
   public:
    void Add(const LiveFrame& live) {
      const std::lock_guard lock(mutex_);
      frames_.push_back(live);
    }
    std::vector<LiveFrame> frames() const {
      const std::lock_guard lock(mutex_);
      return frames_;
    }

   private:
    mutable std::mutex mutex_;
    std::vector<LiveFrame> frames_;
  };
};

TEST_F(LiveSessionSink, GetsEveryFrameInOrderThoughNobodyTakesResults) {
  Seen seen;
  LiveSetup setup = Setup(kFile, Clip(50));
  setup.on_tracked = [&](const LiveFrame& live) { seen.Add(live); };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Eventually([&] { return seen.frames().size() == 50; }));
  const std::vector<LiveFrame> frames = seen.frames();
  for (size_t i = 0; i < frames.size(); ++i) {
    EXPECT_EQ(frames[i].frame->id, static_cast<int64_t>(i));
    EXPECT_EQ(frames[i].result.faces.size(), 1U);
    EXPECT_FALSE(frames[i].is_live);
    EXPECT_FALSE(frames[i].again);
    EXPECT_EQ(frames[i].run, frames[0].run);
  }
}

TEST_F(LiveSessionSink, WhileItIsBusyAFileWaitsAndNoFrameIsMissed) {
  std::latch go(1);
  Seen seen;
  LiveSetup setup = Setup(kFile, Clip(20));
  setup.on_tracked = [&](const LiveFrame& live) {
    go.wait();
    seen.Add(live);
  };
  LiveSession session(std::move(setup));
  GiveItAChance();
  EXPECT_LE(session.Status().captured, 3);
  go.count_down();
  EXPECT_TRUE(Eventually([&] { return seen.frames().size() == 20; }));
}

TEST_F(LiveSessionSink, KnowsCamerasFromFilesAndOneRunFromTheNext) {
  std::atomic<int> opened = 0;
  Seen seen;
  LiveSetup setup = Setup("0", nullptr);
  setup.capture.open_source = [&](const std::string& name, const CameraOptions&,
                                  const std::stop_token&) {
    ++opened;
    return std::make_unique<ScriptedSource>(name, Clip(2));
  };
  setup.on_tracked = [&](const LiveFrame& live) { seen.Add(live); };
  LiveSession session(std::move(setup));
  // A camera may drop one of the two, but not the newer.
  EXPECT_TRUE(Eventually([&] {
    const auto frames = seen.frames();
    return !frames.empty() && frames.back().run > frames.front().run;
  }));
  for (const LiveFrame& live : seen.frames()) EXPECT_TRUE(live.is_live);
}

TEST_F(LiveSessionSink, IsToldWhichFrameWasShownBefore) {
  Seen seen;
  LiveSetup setup = Setup("face.png", Clip(1));
  setup.on_tracked = [&](const LiveFrame& live) { seen.Add(live); };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  EXPECT_TRUE(Eventually([&] { return seen.frames().size() == 1; }));
  session.SetTracker([] { return Parts(nullptr, Nose1()); });
  EXPECT_TRUE(Eventually([&] { return seen.frames().size() == 2; }));
  EXPECT_FALSE(seen.frames()[0].again);
  EXPECT_TRUE(seen.frames()[1].again);
  EXPECT_EQ(seen.frames()[1].schema, &Nose1());
}

TEST_F(LiveSessionSink, ThatThrowsIsSaidAndTrackingGoesOn) {
  LiveSetup setup = Setup(kFile, Clip(10));
  setup.on_tracked = [](const LiveFrame&) { throw Error("the recording cannot go on"); };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Tracks(session, 10));
  EXPECT_THAT(session.Status().tracking_message, HasSubstr("cannot go on"));
}

}  // namespace
}  // namespace nosetip

// Closing a live session, whatever it is doing.
#include <atomic>
#include <future>
#include <latch>

#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

const char* const kCamera = "0";

class LiveSessionClose : public LiveSessionTest {
 protected:
  // A call that does not return before it is told to. Whoever may be left in it owns it.
  class Hang {
   public:
    void Enter() {
      is_entered_.count_down();
      may_return_.wait();
    }
    void WaitUntilEntered() { is_entered_.wait(); }
    void Release() { may_return_.count_down(); }

   private:
    std::latch is_entered_{1};
    std::latch may_return_{1};
  };

  // Whether it returns while `hang` lasts; if it does not, the test must not wait for ever.
  static bool CloseReturns(std::unique_ptr<LiveSession> session, Hang& hang) {
    std::future<void> closed = std::async(std::launch::async, [&] { session.reset(); });
    const bool returned = closed.wait_for(std::chrono::seconds(60)) == std::future_status::ready;
    if (!returned) hang.Release();
    return returned;
  }
};

TEST_F(LiveSessionClose, LeavesACameraBehindThatDoesNotAnswerAndAllGoesWhenItDoes) {
  auto hang = std::make_shared<Hang>();
  auto session = std::make_unique<LiveSession>(Setup(kCamera, [hang](int64_t id) {
    if (id == 2) hang->Enter();
    return PlainFrame(id, 0.0);
  }));
  hang->WaitUntilEntered();
  ASSERT_TRUE(CloseReturns(std::move(session), *hang));
  hang->Release();
  // The source and the session's own state, which hold the script, go with the thread.
  EXPECT_TRUE(Eventually([&] { return hang.use_count() == 1; }));
}

TEST_F(LiveSessionClose, LeavesAStreamBehindThatHangsWhileItIsOpened) {
  auto hang = std::make_shared<Hang>();
  LiveSetup setup = Setup("rtsp://camera.local/1", nullptr);
  setup.capture.open_source = [hang](const std::string& name, const CameraOptions&,
                                     const std::stop_token&) {
    hang->Enter();
    return std::make_unique<ScriptedSource>(name, Clip(5));
  };
  auto session = std::make_unique<LiveSession>(std::move(setup));
  hang->WaitUntilEntered();
  ASSERT_TRUE(CloseReturns(std::move(session), *hang));
  hang->Release();
  EXPECT_TRUE(Eventually([&] { return hang.use_count() == 1; }));
}

TEST_F(LiveSessionClose, EndsTheOpeningOfAStreamThatWatchesForAStop) {
  auto hang = std::make_shared<Hang>();
  LiveSetup setup = Setup("rtsp://camera.local/1", nullptr);
  setup.capture.open_source = [hang](const std::string& name, const CameraOptions&,
                                     const std::stop_token& stop) -> std::unique_ptr<FrameSource> {
    const std::stop_callback release(stop, [hang] { hang->Release(); });
    hang->Enter();
    throw Error(name + ": stopped");
  };
  auto session = std::make_unique<LiveSession>(std::move(setup));
  hang->WaitUntilEntered();
  EXPECT_TRUE(session->Close(std::chrono::minutes(1)));
}

TEST_F(LiveSessionClose, LeavesAModelBehindThatIsStillLoading) {
  auto hang = std::make_shared<Hang>();
  LiveSetup setup = Setup("clip.mp4", Clip(5));
  setup.make_parts = [hang] {
    hang->Enter();
    return Parts();
  };
  auto session = std::make_unique<LiveSession>(std::move(setup));
  hang->WaitUntilEntered();
  ASSERT_TRUE(CloseReturns(std::move(session), *hang));
  hang->Release();
  EXPECT_TRUE(Eventually([&] { return hang.use_count() == 1; }));
}

TEST_F(LiveSessionClose, AnotherSourceDoesNotWaitForOneThatHangsAndItsFramesAreNotSeenAgain) {
  auto hang = std::make_shared<Hang>();
  LiveSetup setup = Setup(kCamera, nullptr);
  setup.capture.open_source = [hang](const std::string& name, const CameraOptions&,
                                     const std::stop_token&) {
    return std::make_unique<ScriptedSource>(name, [hang, name](int64_t id) -> FramePtr {
      if (name == kCamera && id == 2) hang->Enter();
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      return PlainFrame(id, 0.001 * static_cast<double>(id));
    });
  };
  auto late = std::make_shared<std::atomic<int>>(0);
  setup.on_tracked = [late](const LiveFrame& live) {
    if (live.is_live && live.frame->id >= 2) ++*late;
  };
  auto session = std::make_unique<LiveSession>(std::move(setup));
  hang->WaitUntilEntered();
  session->SetSource("clip.mp4");
  EXPECT_EQ(NextResult(*session).source_serial, 1);
  EXPECT_EQ(session->Status().state, LiveState::kRunning);
  hang->Release();
  const int64_t captured = session->Status().captured;
  for (int i = 0; i < 50; ++i) EXPECT_EQ(NextResult(*session).source_serial, 1);
  EXPECT_GT(session->Status().captured, captured);
  EXPECT_EQ(session->Status().dropped, 0);
  EXPECT_TRUE(session->Close(std::chrono::minutes(1)));
  session.reset();
  EXPECT_EQ(hang.use_count(), 1);
  EXPECT_EQ(*late, 0);
}

TEST_F(LiveSessionClose, SaysWhetherSomethingWasLeft) {
  LiveSession quick(Setup("clip.mp4", Clip(1000000)));
  EXPECT_TRUE(Tracks(quick, 3));
  EXPECT_TRUE(quick.Close(std::chrono::minutes(1)));
  EXPECT_TRUE(quick.Close()) << "a second time there is nothing to do";
  EXPECT_EQ(quick.Status().state, LiveState::kRunning) << "as it was";

  auto hang = std::make_shared<Hang>();
  LiveSession slow(Setup(kCamera, [hang](int64_t id) {
    hang->Enter();
    return PlainFrame(id, 0.0);
  }));
  hang->WaitUntilEntered();
  EXPECT_FALSE(slow.Close(std::chrono::milliseconds(0)));
  hang->Release();
}

TEST_F(LiveSessionClose, WaitsForASourceThatAnswersInTime) {
  auto is_gone = std::make_shared<int>();
  LiveSetup setup = Setup(kCamera, [is_gone](int64_t id) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return PlainFrame(id, 0.0);
  });
  {
    LiveSession session(std::move(setup));
    EXPECT_TRUE(Tracks(session, 3));
    EXPECT_TRUE(session.Close(std::chrono::minutes(1)));
  }
  EXPECT_EQ(is_gone.use_count(), 1);
}

}  // namespace
}  // namespace nosetip

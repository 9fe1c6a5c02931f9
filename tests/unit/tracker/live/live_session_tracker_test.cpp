// Trackers of a live session: changed while it runs, failing, and searching beside.
#include <latch>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

const char* const kFile = "clip.mp4";
constexpr int64_t kEndless = 1000000;

class LiveSessionTracker : public LiveSessionTest {
 protected:
  static PartsFactory Broken() {
    return []() -> LiveParts { throw Error("face.safetensors: is no model file; choose another"); };
  }
  static PartsFactory Noses() {
    return [] { return Parts(nullptr, Nose1()); };
  }
};

TEST_F(LiveSessionTracker, ABrokenModelLeavesTheOldOneInUse) {
  LiveSession session(Setup(kFile, Clip(kEndless)));
  EXPECT_TRUE(Tracks(session, 2));
  session.SetTracker(Broken());
  EXPECT_TRUE(Eventually([&] { return !session.Status().tracker_message.empty(); }));
  EXPECT_THAT(session.Status().tracker_message, HasSubstr("face.safetensors"));
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  EXPECT_TRUE(Tracks(session, session.Status().tracked + 5));
  const LiveFrame live = NextResult(session);
  ASSERT_EQ(live.result.faces.size(), 1U);
  EXPECT_EQ(live.result.faces[0].id, 0);
  session.SetTracker(Noses());
  EXPECT_TRUE(Eventually([&] { return session.Status().tracker_message.empty(); }));
}

TEST_F(LiveSessionTracker, AnotherModelTakesOverBetweenFramesWithNewIds) {
  LiveSession session(Setup(kFile, Clip(kEndless)));
  EXPECT_TRUE(Tracks(session, 2));
  session.SetTracker(Noses());
  std::optional<LiveFrame> nose;
  EXPECT_TRUE(Eventually([&] {
    const auto live = session.TakeLatest();
    if (!live) return false;
    EXPECT_EQ(live->result.faces.size(), 1U);
    EXPECT_EQ(live->result.faces.at(0).landmarks.points_px.size(),
              static_cast<size_t>(live->schema->count));
    if (live->schema == &Nose1()) nose = live;
    return nose.has_value();
  }));
  EXPECT_EQ(nose->result.faces.at(0).id, 1);
  EXPECT_EQ(session.Status().dropped, 0);
}

TEST_F(LiveSessionTracker, AnotherModelTracksTheLastFrameAnewWhereNoOtherComes) {
  LiveSession session(Setup("face.png", Clip(1)));
  EXPECT_TRUE(Reaches(session, LiveState::kEnded));
  EXPECT_EQ(NextResult(session).schema, &Ibug68());
  session.SetTracker(Noses());
  const LiveFrame again = NextResult(session);
  EXPECT_EQ(again.frame->id, 0);
  EXPECT_EQ(again.schema, &Nose1());
  EXPECT_EQ(session.Status().tracked, 1);
}

TEST_F(LiveSessionTracker, AnotherModelTracksThePausedFrameAnew) {
  LiveSession session(Setup(kFile, Clip(10, 3600.0)));
  EXPECT_EQ(NextResult(session).schema, &Ibug68());
  session.StepOnce();
  EXPECT_EQ(NextResult(session).frame->id, 1);
  session.SetTracker(Noses());
  const LiveFrame again = NextResult(session);
  EXPECT_EQ(again.frame->id, 1);
  EXPECT_EQ(again.schema, &Nose1());
  EXPECT_EQ(session.Status().captured, 2);
}

TEST_F(LiveSessionTracker, WithoutAFirstModelFramesAreShownWithoutFacesUntilThereIsOne) {
  LiveSetup setup = Setup(kFile, Clip(kEndless));
  setup.make_parts = Broken();
  LiveSession session(std::move(setup));
  const LiveFrame live = NextResult(session);
  EXPECT_NE(live.frame, nullptr);
  EXPECT_EQ(live.schema, nullptr);
  EXPECT_EQ(live.result.frame_id, live.frame->id);
  EXPECT_TRUE(live.result.faces.empty());
  EXPECT_THAT(session.Status().tracker_message, HasSubstr("face.safetensors"));
  session.SetTracker(Noses());
  EXPECT_TRUE(Eventually([&] {
    const auto latest = session.TakeLatest();
    return latest && latest->result.faces.size() == 1;
  }));
}

TEST_F(LiveSessionTracker, AnErrorWhileTrackingIsShownAndTheNextFramesAreTracked) {
  std::atomic<bool> fails = true;
  LiveSetup setup = Setup(kFile, Clip(kEndless));
  setup.make_parts = [&] {
    return Parts([&] {
      if (fails) throw Error("the GPU has no memory left; close other programs");
    });
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(NextResult(session).result.faces.empty());
  EXPECT_TRUE(Eventually([&] { return !session.Status().tracking_message.empty(); }));
  EXPECT_THAT(session.Status().tracking_message, HasSubstr("no memory left"));
  fails = false;
  EXPECT_TRUE(Eventually([&] {
    const auto latest = session.TakeLatest();
    return latest && latest->result.faces.size() == 1;
  }));
  EXPECT_EQ(session.Status().tracking_message, "");
}

class LiveSessionSearch : public LiveSessionTracker {
 protected:
  // From frame 50 on there is a second face.
  static FramePtr TwoFacesLater(int64_t id) {
    std::vector<Point2f> centers = {{60.0F, 60.0F}};
    if (id >= 50) centers.push_back({180.0F, 180.0F});
    return CodedFrame(id, 0.001 * static_cast<double>(id), centers);
  }
  PartsFactory WithSearcher(const std::string& problem = "") {
    return [this, problem] {
      LiveParts parts;
      parts.detector = std::make_unique<CodedDetector>(tracking_calls_);
      parts.search_detector = std::make_unique<CodedDetector>(search_calls_, problem);
      parts.landmarker = std::make_unique<CodedLandmarker>();
      parts.options.detect_interval = 3;
      return parts;
    };
  }

  std::shared_ptr<DetectorCalls> tracking_calls_ = std::make_shared<DetectorCalls>();
  std::shared_ptr<DetectorCalls> search_calls_ = std::make_shared<DetectorCalls>();
};

TEST_F(LiveSessionSearch, FindsAFurtherFaceWithoutAWholeFrameSearchWhereFacesAreTracked) {
  LiveSetup setup = Setup(kFile, TwoFacesLater);
  setup.make_parts = WithSearcher();
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Eventually([&] {
    const auto latest = session.TakeLatest();
    return latest && latest->result.faces.size() == 2;
  }));
  EXPECT_TRUE(Eventually([&] { return search_calls_->whole_frame >= 5; }));
  // That of the first frame, when none was followed.
  EXPECT_EQ(tracking_calls_->whole_frame, 1);
  const std::scoped_lock lock(tracking_calls_->mutex, search_calls_->mutex);
  EXPECT_EQ(search_calls_->threads.size(), 1U);
  EXPECT_NE(search_calls_->threads, tracking_calls_->threads);
}

TEST_F(LiveSessionSearch, ASlowSearchHoldsUpNoFrame) {
  std::latch go(1);
  class SlowDetector final : public FaceDetector {
   public:
    explicit SlowDetector(std::latch& go) : go_(go) {}
    std::vector<FaceBox> Detect(const Image&) override {
      go_.wait();
      return {};
    }
    std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }

   private:
    std::latch& go_;
  };
  LiveSetup setup = Setup(kFile, Clip(kEndless));
  setup.make_parts = [&] {
    LiveParts parts = Parts();
    parts.search_detector = std::make_unique<SlowDetector>(go);
    parts.options.detect_interval = 1;
    return parts;
  };
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Tracks(session, 50));
  go.count_down();
}

TEST_F(LiveSessionSearch, AnErrorOfTheSearchIsShown) {
  LiveSetup setup = Setup(kFile, TwoFacesLater);
  setup.make_parts = WithSearcher("the detector is out of order");
  LiveSession session(std::move(setup));
  EXPECT_TRUE(Eventually(
      [&] { return session.Status().tracking_message.find("out of order") != std::string::npos; }));
  EXPECT_EQ(session.Status().state, LiveState::kRunning);
  const LiveFrame live = NextResult(session);
  EXPECT_EQ(live.result.faces.size(), 1U);
}

}  // namespace
}  // namespace nosetip

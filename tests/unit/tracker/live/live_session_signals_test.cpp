// Signals of a live session.
#include <algorithm>
#include <atomic>
#include <cmath>

#include <gtest/gtest.h>

#include "tests/support/turned_head.h"
#include "tests/unit/tracker/live/live_session_fixture.h"
#include "tracker/core/face_shape.h"

namespace nosetip {
namespace {

constexpr float kOpen_mm = 20.0F;

// Finds the mean head in the middle of the picture. Any thread may open its mouth.
class HeadLandmarker final : public Landmarker {
 public:
  explicit HeadLandmarker(const std::atomic<bool>& mouth_open) : mouth_open_(mouth_open) {}

  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    auto head = LearnedFaceShape().neutral_mm;
    if (mouth_open_) {  // the lower lip
      for (const size_t k : {65U, 66U, 67U}) head[k][1] += kOpen_mm;
    }
    const std::vector<Point2f> points = ProjectedHead(head, PoseOf(0.0F, 0.0F, 0.0F));
    const RectF bounds = BoundsOf(points);
    // Where CodedDetector finds the face of PlainFrame.
    const float scale = 40.0F / bounds.width;
    Landmarks landmarks;
    for (const Point2f& p : points) {
      landmarks.points_px.push_back(Point2f{128.0F, 128.0F} + scale * (p - bounds.Center()));
    }
    return std::vector<Landmarks>(boxes.size(), landmarks);
  }

 private:
  const std::atomic<bool>& mouth_open_;
};

class LiveSessionSignals : public LiveSessionTest {
 protected:
  LiveSetup SetupWithHead() {
    LiveSetup setup = Setup("clip.mp4", Clip(1000000, 0.02));
    setup.make_parts = [this] {
      LiveParts parts = Parts();
      parts.landmarker = std::make_unique<HeadLandmarker>(mouth_open_);
      return parts;
    };
    return setup;
  }
  static bool MouthGets(LiveSession& session, float low, float high) {
    return Eventually([&] {
      const auto live = session.TakeLatest();
      if (!live || live->result.faces.empty() || !live->result.faces[0].signals) return false;
      const float open = (*live->result.faces[0].signals)[Signal::kMouthOpen];
      return low <= open && open <= high;
    });
  }

  std::atomic<bool> mouth_open_ = false;
};

TEST_F(LiveSessionSignals, CalibratingLearnsTheNeutralFaceOver) {
  LiveSession session(SetupWithHead());
  // Until the neutral face is learned.
  EXPECT_TRUE(Eventually([&] {
    const auto live = session.TakeLatest();
    return live && live->result.pts_s > 3.5;
  }));
  mouth_open_ = true;
  ASSERT_TRUE(MouthGets(session, 0.5F, 1.0F));
  session.Calibrate();
  EXPECT_TRUE(MouthGets(session, 0.0F, 0.1F));
}

TEST_F(LiveSessionSignals, OtherPointsHaveNone) {
  LiveSetup setup = Setup("clip.mp4", Clip(1000000));
  setup.make_parts = [] { return Parts(nullptr, Nose1()); };
  LiveSession session(std::move(setup));
  session.Calibrate();
  EXPECT_TRUE(Eventually([&] {
    const auto live = session.TakeLatest();
    return live && !live->result.faces.empty() && !live->result.faces[0].signals;
  }));
}

}  // namespace
}  // namespace nosetip

// What a tracker does not report, and does not take.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A landmarker that fails in the way given.
class BrokenLandmarker final : public Landmarker {
 public:
  explicit BrokenLandmarker(Point2f point) : point_(point) {}
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size(), {std::vector<Point2f>(68, point_), {}});
  }

 private:
  Point2f point_;
};

class BrokenLandmarks : public TrackerTest, public ::testing::WithParamInterface<Point2f> {};

TEST_P(BrokenLandmarks, AreNotReportedWithTheFace) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker(std::make_unique<FakeDetector>(scene_),
                  std::make_unique<BrokenLandmarker>(GetParam()), {});
  for (int i = 0; i < 3; ++i) {
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Places(result), ElementsAre(0));
    EXPECT_TRUE(result.faces[0].landmarks.Empty());
  }
}

TEST_F(TrackerTest, DoesNotReportAFaceThatTheDetectorDoesNotFindAgainFromNear) {
  scene_->faces = {{BoxAt(200, 200), 0.9F, true}};
  Tracker tracker = MakeTracker();
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
  scene_->faces[0].is_ghost = false;
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerTest, DoesNotReportAFaceMostlyOutsideTheFrame) {
  scene_->faces = {{BoxAt(-25, 200)}};
  Tracker tracker = MakeTracker();
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

INSTANTIATE_TEST_SUITE_P(Kinds, BrokenLandmarks,
                         ::testing::Values(Point2f{200.0F, 200.0F},
                                           Point2f{std::nanf(""), std::nanf("")},
                                           Point2f{1e30F, -1e30F}));

TEST_F(TrackerTest, RefusesOptionsOutOfRange) {
  TrackerOptions options;
  options.max_faces = -1;
  EXPECT_THROW(MakeTracker(options), Error);
}

TEST_F(TrackerTest, RefusesAFrameWithoutPicture) {
  Tracker tracker = MakeTracker();
  EXPECT_THROW(tracker.Step(Frame{}), std::logic_error);
}

}  // namespace
}  // namespace nosetip

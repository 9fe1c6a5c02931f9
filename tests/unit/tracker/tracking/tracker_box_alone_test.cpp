// Faces of which the detector is sure, but whose points are not to be trusted.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"
#include "tracker/core/crop.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TrackerBoxAloneTest : public TrackerTest {
 protected:
  void PointsAre(float confidence) { scene_->point_confidence.assign(68, confidence); }

  static std::vector<bool> HavePoints(const TrackResult& result) {
    std::vector<bool> have;
    for (const TrackedFace& face : result.faces) have.push_back(!face.landmarks.Empty());
    return have;
  }
};

TEST_F(TrackerBoxAloneTest, ReportsTheFaceWithTheDetectorsConfidence) {
  scene_->faces = {{BoxAt(200, 200), 0.8F}};
  PointsAre(0.05F);
  Tracker tracker = MakeTracker();
  for (const bool is_picture : {true, false}) {
    const TrackResult result = Step(tracker, is_picture);
    ASSERT_THAT(HavePoints(result), ElementsAre(false));
    EXPECT_THAT(Places(result), ElementsAre(0));
    EXPECT_FLOAT_EQ(result.faces[0].confidence, 0.8F);
    EXPECT_TRUE(result.faces[0].landmarks.confidence.empty());
    EXPECT_FALSE(result.faces[0].pose.has_value());
  }
}

TEST_F(TrackerBoxAloneTest, FollowsTheFaceByTheDetectorWithoutSearches) {
  PointsAre(0.05F);
  Tracker tracker = MakeTracker();
  for (int i = 0; i < 14; ++i) {
    // Too small a score for a search, but there.
    scene_->faces = {{BoxAt(100.0F + 15.0F * static_cast<float>(i), 200), i == 0 ? 0.9F : 0.55F}};
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Ids(result), ElementsAre(0)) << "frame " << i;
    ASSERT_THAT(Places(result), ElementsAre(0)) << "frame " << i;
  }
  EXPECT_EQ(scene_->detect_calls, 1);
  scene_->faces[0].score = 0.45F;
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

TEST_F(TrackerBoxAloneTest, KeepsTheIdWhilePointsComeAndGo) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  const auto expect = [&](float confidence, bool has_points) {
    PointsAre(confidence);
    const TrackResult result = Step(tracker);
    EXPECT_THAT(Ids(result), ElementsAre(0)) << confidence;
    EXPECT_THAT(HavePoints(result), ElementsAre(has_points)) << confidence;
  };
  expect(0.9F, true);
  expect(0.15F, true);
  expect(0.05F, false);
  // Not as soon as they could be kept.
  expect(0.15F, false);
  expect(0.3F, true);
  expect(0.15F, true);
}

TEST_F(TrackerBoxAloneTest, ReportsAFaceWhosePointsLieBesideIt) {
  scene_->faces = {{BoxAt(200, 200)}};
  auto elsewhere = std::make_shared<FakeScene>();
  elsewhere->faces = {{BoxAt(228, 190, 40)}};
  Tracker tracker(std::make_unique<FakeDetector>(scene_),
                  std::make_unique<FakeLandmarker>(elsewhere), {});
  for (int i = 0; i < 3; ++i) {
    const TrackResult result = Step(tracker);
    EXPECT_THAT(Places(result), ElementsAre(0));
    EXPECT_THAT(HavePoints(result), ElementsAre(false));
  }
}

TEST_F(TrackerBoxAloneTest, TakesANewFaceOnlyWithAGoodScoreFromNear) {
  scene_->faces = {{BoxAt(200, 200), 0.6F}};
  const std::vector<FaceBox> found = {{DetectionOfLandmarkBox(BoxAt(200, 200)), 0.9F}};
  Frame frame;
  frame.image = Image(640, 480);
  PointsAre(0.05F);
  Tracker tracker = MakeTracker();
  EXPECT_THAT(tracker.Step(frame, found).faces, IsEmpty());
  PointsAre(0.9F);
  EXPECT_THAT(HavePoints(tracker.Step(frame, found)), ElementsAre(true));
  PointsAre(0.05F);
  EXPECT_THAT(HavePoints(tracker.Step(frame, found)), ElementsAre(false)) << "not new any more";
}

TEST_F(TrackerBoxAloneTest, KeepsNeighborsApart) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(240, 200)}};
  PointsAre(0.05F);
  TrackerOptions options;
  options.detect_interval = 1;
  Tracker tracker = MakeTracker(options);
  for (int i = 0; i < 5; ++i) {
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Ids(result), ElementsAre(0, 1)) << "frame " << i;
    ASSERT_THAT(Places(result), ElementsAre(0, 1)) << "frame " << i;
  }
  scene_->faces.erase(scene_->faces.begin());
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
}

// Sees a face in the middle of whatever it looks at.
class DetectorOfTheMiddle final : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image& image) override {
    const Point2f center = WholePicture(image).Center();
    return {{DetectionOfLandmarkBox(BoxAt(center.x, center.y, 100)), 0.9F}};
  }
  std::vector<FaceBox> DetectIn(const Image&, const RectF& region, int, float) override {
    const Point2f center = region.Center();
    return {{DetectionOfLandmarkBox(BoxAt(center.x, center.y, 0.5F * region.width)), 0.9F}};
  }
};

// Sees an upright face in each box, but is sure of it in turned views only, which are squares.
class LandmarkerOfTurnedFaces final : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  bool WantsUprightFaces() const override { return true; }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    const float confidence = image.width_px == image.height_px ? 0.9F : 0.05F;
    std::vector<Landmarks> located;
    for (const RectF& box : boxes) {
      std::vector<Point2f> points = FakePoints(box, 68);
      const float x = box.Center().x;
      for (size_t i = 36; i < 48; ++i) points[i] = {x, box.y + 0.3F * box.height};  // eyes
      for (size_t i = 48; i < 68; ++i) points[i] = {x, box.y + 0.8F * box.height};  // mouth
      points[0] = {box.x, box.y};
      points[1] = {box.x + box.width, box.y + box.height};
      located.push_back({std::move(points), std::vector<float>(68, confidence)});
    }
    return located;
  }
};

TEST_F(TrackerBoxAloneTest, GetsThePointsThatATurnedSearchFinds) {
  TrackerOptions options;
  options.max_faces = 1;
  Tracker tracker(std::make_unique<DetectorOfTheMiddle>(),
                  std::make_unique<LandmarkerOfTurnedFaces>(), options);
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(0));
  EXPECT_THAT(HavePoints(result), ElementsAre(true));
}

TEST_F(TrackerBoxAloneTest, IsTheLargestThatIsFollowed) {
  scene_->faces = {{BoxAt(100, 100, 60)}, {BoxAt(300, 100, 90)}};
  PointsAre(0.05F);
  TrackerOptions options;
  options.follow = "largest";
  Tracker tracker = MakeTracker(options);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(Places(Step(tracker)), ElementsAre(1));
}

}  // namespace
}  // namespace nosetip

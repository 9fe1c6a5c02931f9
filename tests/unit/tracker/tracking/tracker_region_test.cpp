// Faces in a part of the frame.
#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/unit/tracker/tracking/tracker_fixture.h"
#include "tracker/core/environment.h"
#include "tracker/measure/benchmark.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

// The frames are 640x480. The scene's detector does not look at the picture, so that it sees all
// faces wherever it is asked, in the left half at their own places.
class TrackerRegionTest : public TrackerTest {
 protected:
  TrackerRegionTest() { left_half_.roi = "0%,0%,50%,100%"; }

  TrackerOptions left_half_;
};

TEST_F(TrackerRegionTest, TakesNoFaceThatIsElsewhere) {
  scene_->faces = {{BoxAt(500, 200)}, {BoxAt(100, 200)}, {BoxAt(330, 400)}};
  left_half_.detect_interval = 1;
  Tracker tracker = MakeTracker(left_half_);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(Places(Step(tracker)), ElementsAre(1)) << "frame " << i;
}

TEST_F(TrackerRegionTest, DropsAFaceWhoseMiddleLeaves) {
  Tracker tracker = MakeTracker(left_half_);
  for (int i = 0; i < 40; ++i) {
    const float x = 202.0F + 5.0F * static_cast<float>(i);
    scene_->faces = {{BoxAt(x, 200)}};
    ASSERT_EQ(Step(tracker).faces.size(), x < 325.5F ? 1U : 0U) << "at " << x;  // a tenth outside
  }
  scene_->faces = {{BoxAt(322, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), IsEmpty()) << "a new one has to be inside";
  scene_->faces = {{BoxAt(300, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
}

TEST_F(TrackerRegionTest, TakesNoOfferFromElsewhere) {
  Tracker tracker(std::make_unique<FakeDetector>(scene_), std::make_unique<FakeLandmarker>(scene_),
                  left_half_, FurtherFaces::kOffered);
  scene_->faces = {{BoxAt(100, 200)}};
  Step(tracker);
  scene_->faces.push_back({BoxAt(500, 200)});
  tracker.Offer({{DetectionOfLandmarkBox(BoxAt(500, 200)), 0.9F}});
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerRegionTest, NamesAnOptionThatCannotBeReadAndAFrameThatIsElsewhere) {
  TrackerOptions options;
  options.roi = "left";
  EXPECT_THAT(MessageOf([&] { MakeTracker(options); }), HasSubstr("(--roi) is 'left'"));
  options.roi = "640,0,100,100";
  Tracker tracker = MakeTracker(options);
  EXPECT_THAT(MessageOf([&] { Step(tracker); }), HasSubstr("640x480"));
}

class DetectorInARegion : public ::testing::Test {
 protected:
  // The portrait's face is about 40 px high here: of the longer side of all that is 2 %, of half
  // the region 8.
  static Frame SmallFaces() {
    const Image portrait = ReadPicture(AssetPath("samples/astronaut.png").string());
    Frame frame;
    frame.image = CopiesOfFace(portrait, {170, 70, 110, 110}, {25, 10, {2000, 800}});
    return frame;
  }
  static Tracker MakeTracker(const TrackerOptions& options) {
    DetectorOptions detector;
    detector.detector = AssetPath("models/face_detector.onnx").string();
    // An empty scene: a face's shape wherever it is asked to look.
    return {CreateYuNetDetector(detector),
            std::make_unique<FakeLandmarker>(std::make_shared<FakeScene>()), options};
  }
};

TEST_F(DetectorInARegion, FindsFacesThatAreTooSmallInTheWholeFrame) {
  const Frame frame = SmallFaces();
  TrackerOptions options;
  EXPECT_THAT(MakeTracker(options).Step(frame).faces, IsEmpty());
  options.roi = "800,160,320,240";  // 4 by 3 of the copies
  options.max_faces = 100;
  const TrackResult result = MakeTracker(options).Step(frame);
  EXPECT_EQ(result.faces.size(), 12U);
  for (const TrackedFace& face : result.faces) {
    const Point2f center = face.box.rect.Center();
    EXPECT_TRUE(Contains({800, 160, 320, 240}, center)) << center.x << ", " << center.y;
    EXPECT_NEAR(std::fmod(center.x, 80.0F), 40.0F, 12.0F);
    EXPECT_NEAR(std::fmod(center.y, 80.0F), 40.0F, 12.0F);
  }
}

}  // namespace
}  // namespace nosetip

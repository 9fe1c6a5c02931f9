// Further faces that the caller of a tracker looks for.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;

class TrackerOfferTest : public TrackerTest {
 protected:
  Tracker MakeOfferedTracker(const TrackerOptions& options = {}) {
    return {std::make_unique<FakeDetector>(scene_), std::make_unique<FakeLandmarker>(scene_),
            options, FurtherFaces::kOffered};
  }
  std::vector<FaceBox> Detections() {
    std::vector<FaceBox> boxes;
    for (const FakeFace& face : scene_->faces) {
      boxes.push_back({DetectionOfLandmarkBox(face.box), face.score});
    }
    return boxes;
  }
};

TEST_F(TrackerOfferTest, DoesNotSearchWhileAFaceIsFollowed) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeOfferedTracker();
  for (int i = 0; i < 100; ++i) ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0));
  EXPECT_EQ(scene_->detect_calls, 1);
}

TEST_F(TrackerOfferTest, SearchesItselfForALostFace) {
  scene_->faces = {{BoxAt(100, 200)}};
  Tracker tracker = MakeOfferedTracker();
  Step(tracker);
  scene_->faces = {{BoxAt(500, 200)}};
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerOfferTest, WantsAnOfferWhenASearchWouldBeDue) {
  scene_->faces = {{BoxAt(200, 200)}};
  TrackerOptions options;
  options.detect_interval = 5;
  Tracker tracker = MakeOfferedTracker(options);
  for (int i = 0; i < 5; ++i) {
    Step(tracker);
    EXPECT_FALSE(tracker.WantsOffer()) << "frame " << i;
  }
  Step(tracker);
  EXPECT_TRUE(tracker.WantsOffer());
  tracker.Offer({});
  Step(tracker);
  EXPECT_FALSE(tracker.WantsOffer());
}

TEST_F(TrackerOfferTest, WantsNoOfferWhereItSearchesItselfOrHasNoRoom) {
  scene_->faces = {{BoxAt(200, 200)}};
  TrackerOptions options;
  options.detect_interval = 1;
  Tracker searching = MakeTracker(options);
  options.max_faces = 1;
  Tracker full = MakeOfferedTracker(options);
  for (int i = 0; i < 3; ++i) {
    Step(searching);
    Step(full);
    EXPECT_FALSE(searching.WantsOffer());
    EXPECT_FALSE(full.WantsOffer());
  }
}

TEST_F(TrackerOfferTest, TakesAnOfferedFaceThatIsThere) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeOfferedTracker();
  Step(tracker);
  scene_->faces.push_back({BoxAt(400, 200)});
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0));
  tracker.Offer(Detections());
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(0, 1));
  EXPECT_THAT(Places(result), ElementsAre(0, 1));
  EXPECT_EQ(scene_->detect_calls, 1);
}

TEST_F(TrackerOfferTest, AnOfferConfirmsTheFacesThatAreFollowed) {
  scene_->faces = {{BoxAt(200, 200), 0.9F}};
  scene_->point_confidence.assign(68, 0.9F);
  TrackerOptions options;
  options.confirm_interval = 5;
  Tracker tracker = MakeOfferedTracker(options);
  Step(tracker);
  scene_->detect_in_calls = 0;
  for (int i = 0; i < 20; ++i) {
    if (i % 4 == 0) tracker.Offer(Detections());
    ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0));
  }
  EXPECT_EQ(scene_->detect_in_calls, 0);
  for (int i = 0; i < 4; ++i) Step(tracker);
  EXPECT_EQ(scene_->detect_in_calls, 1);
}

TEST_F(TrackerOfferTest, TakesAnOfferedFaceThatHasMovedSince) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(400, 200)}};
  TrackerOptions options;
  options.max_faces = 2;
  Tracker tracker = MakeOfferedTracker(options);
  scene_->faces.pop_back();
  Step(tracker);
  scene_->faces.push_back({BoxAt(400, 200)});
  const auto detections = Detections();
  scene_->faces[1].box = BoxAt(412, 206);
  tracker.Offer(detections);
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(0, 1));
}

TEST_F(TrackerOfferTest, LeavesOutAnOfferedFaceThatHasGone) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(400, 200)}};
  Tracker tracker = MakeOfferedTracker();
  const auto detections = Detections();
  scene_->faces.pop_back();
  Step(tracker);
  tracker.Offer(detections);
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerOfferTest, TakesWhatWasFoundInTheFrameItselfInPlaceOfASearch) {
  scene_->faces = {{BoxAt(200, 200)}};
  for (const auto further : {FurtherFaces::kSearched, FurtherFaces::kOffered}) {
    Tracker tracker(std::make_unique<FakeDetector>(scene_),
                    std::make_unique<FakeLandmarker>(scene_), TrackerOptions{}, further);
    Frame frame;
    frame.image = Image(640, 480);
    EXPECT_THAT(tracker.Step(frame, std::vector<FaceBox>{}).faces, ::testing::IsEmpty());
    EXPECT_THAT(Places(tracker.Step(frame, Detections())), ElementsAre(0));
    scene_->faces.push_back({BoxAt(400, 200)});
    EXPECT_THAT(Places(tracker.Step(frame, Detections())), ElementsAre(0, 1));
    scene_->faces.pop_back();
  }
  EXPECT_EQ(scene_->detect_calls, 0);
}

TEST_F(TrackerOfferTest, ResetForgetsAnOffer) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(400, 200)}};
  Tracker tracker = MakeOfferedTracker();
  tracker.Offer(Detections());
  tracker.Reset();
  scene_->faces.pop_back();
  Step(tracker);
  scene_->faces.push_back({BoxAt(400, 200)});
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerOfferTest, ContinuesTheIdsOfTheTrackerBefore) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(400, 200)}};
  Tracker before = MakeTracker();
  Step(before);
  Tracker after = MakeTracker();
  after.ContinueIdsOf(before);
  EXPECT_THAT(Ids(Step(after)), ElementsAre(2, 3));
}

}  // namespace
}  // namespace nosetip

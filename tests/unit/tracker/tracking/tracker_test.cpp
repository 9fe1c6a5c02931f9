#include "tracker/tracking/tracker.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"

namespace nosetip {
namespace {

using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST_F(TrackerTest, ReportsNothingWhereThereIsNoFace) {
  Tracker tracker = MakeTracker();
  const TrackResult result = Step(tracker);
  EXPECT_THAT(result.faces, IsEmpty());
  EXPECT_EQ(result.frame_id, 0);
}

TEST_F(TrackerTest, ReportsTheFaceThatIsThere) {
  scene_->faces = {{BoxAt(200, 200), 0.8F}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  const TrackResult result = Step(tracker);
  ASSERT_EQ(result.faces.size(), 1U);
  const TrackedFace& face = result.faces[0];
  EXPECT_EQ(result.frame_id, 1);
  EXPECT_DOUBLE_EQ(result.pts_s, 0.04);
  EXPECT_EQ(face.landmarks.points_px.size(), 68U);
  EXPECT_THAT(Places(result), ElementsAre(0));
  EXPECT_FLOAT_EQ(face.box.score, 0.8F);
  EXPECT_NEAR(face.confidence, 0.8F, 0.01F);
}

TEST_F(TrackerTest, LocatesANewFaceTwiceSoThatTheSecondCropComesFromLandmarks) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  EXPECT_THAT(scene_->boxes_per_call, ElementsAre(1U, 1U));
}

TEST_F(TrackerTest, KeepsTheIdOfAMovingFaceWithoutDetectingItAnew) {
  Tracker tracker = MakeTracker();
  for (int i = 0; i < 30; ++i) {
    scene_->faces = {{BoxAt(100.0F + 12.0F * static_cast<float>(i), 200)}};
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Ids(result), ElementsAre(0)) << "frame " << i;
    ASSERT_THAT(Places(result), ElementsAre(0)) << "frame " << i;
  }
  // The first frame, and the searches for further faces.
  EXPECT_LE(scene_->detect_calls, 3);
}

TEST_F(TrackerTest, KeepsTheIdOfAFaceThatComesNearer) {
  Tracker tracker = MakeTracker();
  for (int i = 0; i < 20; ++i) {
    const float side = 40.0F * std::pow(1.08F, static_cast<float>(i));
    scene_->faces = {{BoxAt(320, 240, side)}};
    ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0)) << "frame " << i;
  }
}

TEST_F(TrackerTest, KeepsTheIdsOfFacesThatCross) {
  Tracker tracker = MakeTracker();
  for (int i = 0; i <= 40; ++i) {
    const float shift = 8.0F * static_cast<float>(i);
    scene_->faces = {{BoxAt(160.0F + shift, 200)}, {BoxAt(480.0F - shift, 230)}};
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Ids(result), ElementsAre(0, 1)) << "frame " << i;
    ASSERT_THAT(Places(result), ElementsAre(0, 1)) << "frame " << i;
  }
}

TEST_F(TrackerTest, FindsAFaceThatJumpedInTheSameFrameWithItsId) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(500, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->faces[0].box = BoxAt(255, 225);
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(0, 1));
  EXPECT_THAT(Places(result), ElementsAre(0, 1));
}

TEST_F(TrackerTest, FindsALostFaceAnewInTheSameFrameWhereverItIs) {
  scene_->faces = {{BoxAt(100, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->faces = {{BoxAt(500, 200)}};
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Places(result), ElementsAre(0));
}

TEST_F(TrackerTest, LeavesOutAFaceInTheVeryFrameInWhichItIsGone) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(400, 200)}};
  Tracker tracker = MakeTracker();
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0, 1));
  scene_->faces.erase(scene_->faces.begin());
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
  scene_->faces.clear();
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

TEST_F(TrackerTest, AFaceIsAsSureAsItsPoints) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  const float with_none = Step(tracker).faces.at(0).confidence;
  scene_->point_confidence.assign(68, 0.5F);
  EXPECT_NEAR(Step(tracker).faces.at(0).confidence, 0.5F * with_none, 0.01F);
}

TEST_F(TrackerTest, LocatesAFaceAgainThatMovedFarFromItsCrop) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->boxes_per_call.clear();
  scene_->faces = {{BoxAt(220, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
  EXPECT_THAT(scene_->boxes_per_call, ElementsAre(1U, 1U));
}

TEST_F(TrackerTest, DoesNotTakeAnOverlappingNeighborForAFaceThatIsGone) {
  scene_->faces = {{BoxAt(200, 200)}};
  TrackerOptions options;
  options.detect_interval = 1;
  Tracker tracker = MakeTracker(options);
  Step(tracker);
  scene_->faces.push_back({BoxAt(265, 200)});
  Step(tracker);
  scene_->faces[1].box = BoxAt(248, 200);
  Step(tracker);
  scene_->faces[1].box = BoxAt(232, 200);
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0, 1));
  scene_->faces.erase(scene_->faces.begin());
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(1));
  EXPECT_THAT(Places(result), ElementsAre(0));
}

TEST_F(TrackerTest, DoesNotTakeTheNeighborForAFaceThatIsGone) {
  scene_->faces = {{BoxAt(200, 200)}, {BoxAt(265, 200)}};
  Tracker tracker = MakeTracker();
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0, 1));
  scene_->faces.erase(scene_->faces.begin());
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(1));
  EXPECT_THAT(Places(result), ElementsAre(0));
}

TEST_F(TrackerTest, GivesAFaceThatReturnsANewId) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->faces.clear();
  Step(tracker);
  scene_->faces = {{BoxAt(200, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
}

TEST_F(TrackerTest, KeepsAFollowedFaceWhoseScoreIsTooLowForANewOne) {
  scene_->faces = {{BoxAt(200, 200), 0.9F}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->faces[0].score = TrackerOptions{}.confirm_score + 0.05F;
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
  scene_->faces[0].score = TrackerOptions{}.confirm_score - 0.05F;
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

TEST_F(TrackerTest, PicksUpANewFaceAtTheDetectInterval) {
  scene_->faces = {{BoxAt(200, 200)}};
  TrackerOptions options;
  options.detect_interval = 5;
  Tracker tracker = MakeTracker(options);
  Step(tracker);
  scene_->faces.push_back({BoxAt(400, 200)});
  for (int i = 1; i < 5; ++i) ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0)) << "frame " << i;
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0, 1));
}

TEST_F(TrackerTest, FollowsNoMoreThanTheMostFacesAndTakesTheBest) {
  scene_->faces = {{BoxAt(100, 200), 0.7F}, {BoxAt(250, 200), 0.95F}, {BoxAt(400, 200), 0.8F}};
  TrackerOptions options;
  options.max_faces = 2;
  options.detect_interval = 1;
  Tracker tracker = MakeTracker(options);
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(1, 2));
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(1, 2));
  // The freed place goes to the face left out before.
  scene_->faces.erase(scene_->faces.begin() + 1);
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(1, 2));
  EXPECT_THAT(Places(result), ElementsAre(1, 0));
}

TEST_F(TrackerTest, LocatesAllFollowedFacesInOneCall) {
  scene_->faces = {{BoxAt(100, 200)}, {BoxAt(250, 200)}, {BoxAt(400, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->boxes_per_call.clear();
  Step(tracker);
  EXPECT_THAT(scene_->boxes_per_call, ElementsAre(3U));
}

TEST_F(TrackerTest, DropsTheYoungerOfTwoFacesThatCollapseOnOne) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  scene_->faces.push_back({BoxAt(262, 200)});
  for (int i = 0; i < 20; ++i) Step(tracker);
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0, 1));
  // One face hides the other.
  for (int i = 1; i <= 7; ++i) {
    scene_->faces[1].box = BoxAt(262.0F - 9.0F * static_cast<float>(i), 200);
    Step(tracker);
  }
  scene_->faces.pop_back();
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerTest, ResetForgetsFacesButNotTheIdsGiven) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  tracker.Reset();
  scene_->faces.clear();
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
  scene_->faces = {{BoxAt(200, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
}

TEST_F(TrackerTest, StartsOverAsIfItWereNew) {
  scene_->faces = {{BoxAt(200, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  tracker.StartOver();
  scene_->faces = {{BoxAt(400, 200)}};
  EXPECT_THAT(Ids(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerTest, FollowsAFaceByItsNoseAlone) {
  Tracker tracker = MakeTracker({}, Nose1());
  for (int i = 0; i < 20; ++i) {
    scene_->faces = {{BoxAt(100.0F + 10.0F * static_cast<float>(i), 200)}};
    const TrackResult result = Step(tracker);
    ASSERT_THAT(Ids(result), ElementsAre(0)) << "frame " << i;
    ASSERT_THAT(Places(result), ElementsAre(0)) << "frame " << i;
    ASSERT_EQ(result.faces[0].landmarks.points_px.size(), 1U);
    EXPECT_FALSE(result.faces[0].pose.has_value());
  }
}

TEST_F(TrackerTest, FollowsHalfAFaceAtTheBorder) {
  scene_->faces = {{BoxAt(0, 200)}};
  Tracker tracker = MakeTracker();
  Step(tracker);
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(0));
}

TEST_F(TrackerTest, ConfidenceStaysBetweenZeroAndOne) {
  TrackerOptions options;
  options.confirm_interval = 3;
  Tracker tracker = MakeTracker(options);
  std::vector<float> confidences;
  for (int i = 0; i < 30; ++i) {
    const float t = static_cast<float>(i);
    scene_->faces = {
        {BoxAt(300.0F + 60.0F * std::sin(t), 200.0F + 20.0F * std::cos(2.0F * t)), 1.0F}};
    for (const TrackedFace& face : Step(tracker).faces) confidences.push_back(face.confidence);
  }
  EXPECT_GE(confidences.size(), 25U);
  EXPECT_THAT(confidences, Each(::testing::AllOf(::testing::Ge(0.0F), ::testing::Le(1.0F))));
}

}  // namespace
}  // namespace nosetip

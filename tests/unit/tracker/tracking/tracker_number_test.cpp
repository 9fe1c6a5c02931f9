// How many of the faces are followed, and which.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TrackerNumberTest : public TrackerTest {
 protected:
  TrackerNumberTest() {
    largest_.follow = "largest";
    largest_.detect_interval = 1;
  }
  void MakeTwelveFaces() {
    for (int i = 0; i < 12; ++i) {
      scene_->faces.push_back({BoxAt(80.0F + 150.0F * static_cast<float>(i % 4),
                                     80.0F + 150.0F * static_cast<float>(i / 4))});
    }
  }

  TrackerOptions largest_;
};

TEST_F(TrackerNumberTest, IsEightInAVideoAndAllInAPicture) {
  MakeTwelveFaces();
  Tracker tracker = MakeTracker();
  const TrackResult frame = Step(tracker);
  EXPECT_THAT(frame.faces, SizeIs(8));
  EXPECT_EQ(frame.left_out, 4);
  EXPECT_EQ(tracker.max_faces(), 8);
  tracker.Reset();
  const TrackResult picture = Step(tracker, /*is_picture=*/true);
  EXPECT_THAT(picture.faces, SizeIs(12));
  EXPECT_EQ(picture.left_out, 0);
}

TEST_F(TrackerNumberTest, IsThatOfTheUserEverywhere) {
  MakeTwelveFaces();
  TrackerOptions options;
  options.max_faces = 10;
  for (const bool is_picture : {false, true}) {
    Tracker tracker = MakeTracker(options);
    const TrackResult result = Step(tracker, is_picture);
    EXPECT_THAT(result.faces, SizeIs(10));
    EXPECT_EQ(result.left_out, 2);
    // The next frame is not searched.
    EXPECT_EQ(Step(tracker, is_picture).left_out, 0);
  }
}

TEST_F(TrackerNumberTest, IsOneWhereTheLargestIsFollowed) {
  scene_->faces = {{BoxAt(100, 100, 60)}, {BoxAt(300, 100, 90)}, {BoxAt(500, 100, 70)}};
  for (const bool is_picture : {false, true}) {
    Tracker tracker = MakeTracker(largest_);
    const TrackResult result = Step(tracker, is_picture);
    EXPECT_THAT(Ids(result), ElementsAre(0));
    EXPECT_THAT(Places(result), ElementsAre(1));
    EXPECT_EQ(result.left_out, 0);
  }
}

TEST_F(TrackerNumberTest, FollowsTheNextLargestWhereTheLargestIsNoFace) {
  scene_->faces = {{BoxAt(100, 100, 60)}, {BoxAt(300, 100, 90), 0.9F, /*is_ghost=*/true}};
  Tracker tracker = MakeTracker(largest_);
  EXPECT_THAT(Places(Step(tracker)), ElementsAre(0));
}

TEST_F(TrackerNumberTest, StaysWithAFaceUntilAnotherIsMuchLarger) {
  Tracker tracker = MakeTracker(largest_);
  for (int i = 0; i < 30; ++i) {
    const float side = 60.0F + 2.0F * static_cast<float>(i);
    scene_->faces = {{BoxAt(150, 200, 80)}, {BoxAt(450, 200, side)}};
    const TrackResult result = Step(tracker);
    // 1.5 times the area of a face of 80 pixels has one of 98.
    const int expected = side < 98.0F ? 0 : 1;
    ASSERT_THAT(Ids(result), ElementsAre(expected)) << side;
    ASSERT_THAT(Places(result), ElementsAre(expected)) << side;
  }
  // No way back for one of the same size.
  scene_->faces[0].box = BoxAt(150, 200, 125);
  for (int i = 0; i < 3; ++i) EXPECT_THAT(Ids(Step(tracker)), ElementsAre(1));
}

TEST_F(TrackerNumberTest, TakesTheLargestOfTheOthersWhenTheFaceIsLost) {
  scene_->faces = {{BoxAt(100, 100, 100)}, {BoxAt(300, 100, 60)}, {BoxAt(500, 100, 70)}};
  Tracker tracker = MakeTracker(largest_);
  Step(tracker);
  scene_->faces.erase(scene_->faces.begin());
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(1));
  EXPECT_THAT(Places(result), ElementsAre(1));
  scene_->faces.clear();
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

TEST_F(TrackerNumberTest, KeepsTheLargestFaceThatMovesFarInAFrame) {
  scene_->faces = {{BoxAt(100, 100, 80)}, {BoxAt(500, 300, 80)}};
  Tracker tracker = MakeTracker(largest_);
  ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0));
  scene_->faces[0].box = BoxAt(160, 130, 80);
  const TrackResult result = Step(tracker);
  EXPECT_THAT(Ids(result), ElementsAre(0));
  EXPECT_THAT(Places(result), ElementsAre(0));
}

}  // namespace
}  // namespace nosetip

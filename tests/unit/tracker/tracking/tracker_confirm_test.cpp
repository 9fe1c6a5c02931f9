// When the detector is asked whether a followed face is still there.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/unit/tracker/tracking/tracker_fixture.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class TrackerConfirmTest : public TrackerTest {
 protected:
  TrackerConfirmTest() {
    scene_->faces = {{BoxAt(200, 200), 0.9F}};
    scene_->point_confidence.assign(68, 0.9F);
  }

  // A tracker that has found the faces; calls of the detector are counted from here.
  Tracker Follow(int confirm_interval, int detect_interval = 15) {
    TrackerOptions options;
    options.confirm_interval = confirm_interval;
    options.detect_interval = detect_interval;
    Tracker tracker = MakeTracker(options);
    Step(tracker);
    scene_->detect_in_calls = 0;
    return tracker;
  }

  int CallsIn(Tracker& tracker, int frames) {
    for (int i = 0; i < frames; ++i) EXPECT_THAT(Places(Step(tracker)), ElementsAre(0)) << i;
    return scene_->detect_in_calls;
  }
};

TEST_F(TrackerConfirmTest, LeavesOutAGoneFaceWithinTheConfirmInterval) {
  Tracker tracker = Follow(4);
  scene_->faces.clear();
  // The landmarker goes on giving a face's shape and is sure of it; only the detector knows.
  for (int i = 0; i < 3; ++i) Step(tracker);
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

TEST_F(TrackerConfirmTest, AsksOnlyAtTheConfirmInterval) {
  Tracker tracker = Follow(5);
  EXPECT_EQ(CallsIn(tracker, 10), 2);
}

TEST_F(TrackerConfirmTest, AsksInEveryFrameForAModelThatDoesNotSayHowSureItIs) {
  scene_->point_confidence.clear();
  Tracker tracker = Follow(100);
  EXPECT_EQ(CallsIn(tracker, 10), 10);
}

TEST_F(TrackerConfirmTest, DoesNotAskForAFaceThatASearchHasFound) {
  Tracker tracker = Follow(5, /*detect_interval=*/4);
  scene_->faces[0].score = 0.7F;
  EXPECT_EQ(CallsIn(tracker, 20), 0);
  EXPECT_FLOAT_EQ(Step(tracker).faces.at(0).box.score, 0.7F);
}

TEST_F(TrackerConfirmTest, ASearchThatFindsAnotherConfirmsNothing) {
  scene_->faces.push_back({BoxAt(240, 200)});
  Tracker tracker = Follow(3, /*detect_interval=*/1);
  // Too small a score for a search, but there.
  scene_->faces[0].score = 0.5F;
  for (int i = 0; i < 6; ++i) ASSERT_THAT(Ids(Step(tracker)), ElementsAre(0, 1)) << i;
  EXPECT_EQ(scene_->detect_in_calls, 2);
}

TEST_F(TrackerConfirmTest, AsksAtOnceWhenAFaceJumpsInSize) {
  Tracker tracker = Follow(100);
  scene_->faces = {{BoxAt(200, 200, 100)}};
  EXPECT_GE(CallsIn(tracker, 1), 1);
}

TEST_F(TrackerConfirmTest, AsksAtOnceWhenPointsAreNotSure) {
  Tracker tracker = Follow(100);
  scene_->faces.clear();
  EXPECT_EQ(Step(tracker).faces.size(), 1U);  // nobody has asked yet
  scene_->point_confidence.assign(68, 0.4F);
  EXPECT_THAT(Step(tracker).faces, IsEmpty());
}

}  // namespace
}  // namespace nosetip

#include "tracker/tracking/face_track.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Pair;

FaceTrack TrackAt(const RectF& box, int count = 68) {
  FaceTrack track;
  track.box = box;
  if (count > 0) track.landmarks.points_px = FakePoints(box, count);
  return track;
}

FaceTrack Moved(const FaceTrack& before, const Affine2& now_from_before) {
  Landmarks landmarks = before.landmarks;
  for (Point2f& p : landmarks.points_px) p = now_from_before.Apply(p);
  return MovedTo(before, landmarks);
}

TEST(PredictedBox, GoesOnAsTheFaceMoved) {
  FaceTrack track = TrackAt(BoxAt(100, 100));
  track.motion_px = {6.0F, -4.0F};
  EXPECT_EQ(PredictedBox(track), BoxAt(106, 96));
}

TEST(PredictedBox, NeverRunsFurtherThanHalfASide) {
  FaceTrack track = TrackAt(BoxAt(100, 100, 60));
  track.motion_px = {300.0F, 0.0F};
  EXPECT_EQ(PredictedBox(track), BoxAt(130, 100));
}

TEST(MovedTo, TakesBoxAndMotionFromTheLandmarks) {
  const FaceTrack before = TrackAt(BoxAt(100, 100));
  const FaceTrack now = MovedTo(before, {FakePoints(BoxAt(110, 95), 68), {}});
  EXPECT_NEAR(now.box.x, 80.0F, 1e-3F);
  EXPECT_NEAR(now.motion_px.x, 10.0F, 1e-3F);
  EXPECT_NEAR(now.motion_px.y, -5.0F, 1e-3F);
  EXPECT_EQ(now.frames_since_confirmed, 1);
}

TEST(MovedTo, CarriesTheBoxAlongWithASinglePoint) {
  const FaceTrack before = TrackAt(BoxAt(100, 100), 1);
  const FaceTrack now = MovedTo(before, {{{103.0F, 99.0F}}, {}});
  EXPECT_EQ(now.box, BoxAt(103, 99));
}

TEST(IsUsable, RefusesPointsThatAreNoNumbers) {
  FaceTrack track = TrackAt(BoxAt(100, 100));
  EXPECT_TRUE(IsUsable(track, Image(200, 200)));
  track.landmarks.points_px[5].y = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(IsUsable(track, Image(200, 200)));
}

TEST(IsUsable, RefusesABoxMostlyOutsideThePicture) {
  EXPECT_TRUE(IsUsable(TrackAt(BoxAt(0, 100)), Image(200, 200)));
  EXPECT_FALSE(IsUsable(TrackAt(BoxAt(-25, 100)), Image(200, 200)));
  EXPECT_FALSE(IsUsable(TrackAt(BoxAt(100, 400)), Image(200, 200)));
}

TEST(IsUsable, RefusesACollapsedBox) {
  EXPECT_FALSE(IsUsable(TrackAt(BoxAt(100, 100, 2)), Image(200, 200)));
}

TEST(Continuity, IsFullForAFaceThatMovesAndTurnsALittle) {
  const FaceTrack before = TrackAt(BoxAt(100, 100));
  const FaceTrack now = Moved(before, Affine2::Similarity(1.02F, 0.03F, {2.0F, -5.0F}));
  EXPECT_FLOAT_EQ(Continuity(before, now), 1.0F);
}

TEST(Continuity, IsFullForAFaceThatKeepsItsSpeed) {
  FaceTrack before = TrackAt(BoxAt(100, 100));
  before.motion_px = {25.0F, 0.0F};
  EXPECT_FLOAT_EQ(Continuity(before, Moved(before, Affine2::Similarity(1, 0, {25, 0}))), 1.0F);
}

TEST(Continuity, FallsWithAJump) {
  const FaceTrack before = TrackAt(BoxAt(100, 100));
  const auto at = [&](float shift) {
    return Continuity(before, Moved(before, Affine2::Similarity(1, 0, {shift, 0})));
  };
  EXPECT_GT(at(20), at(30));
  EXPECT_FLOAT_EQ(at(60), 0.0F);
}

TEST(Continuity, FallsWithAChangeOfSizeEitherWay) {
  const FaceTrack before = TrackAt(BoxAt(0, 0));
  const auto at = [&](float scale) {
    return Continuity(before, Moved(before, Affine2::Similarity(scale, 0, {})));
  };
  EXPECT_FLOAT_EQ(at(1.6F), 0.0F);
  EXPECT_FLOAT_EQ(at(0.6F), 0.0F);
  EXPECT_GT(at(1.2F), 0.5F);
}

TEST(Continuity, FallsWhereTheShapeBreaks) {
  const FaceTrack before = TrackAt(BoxAt(100, 100));
  Landmarks scrambled = before.landmarks;
  std::swap(scrambled.points_px[0], scrambled.points_px[34]);
  EXPECT_LT(Continuity(before, MovedTo(before, scrambled)), 0.7F);
  std::reverse(scrambled.points_px.begin(), scrambled.points_px.end());
  EXPECT_FLOAT_EQ(Continuity(before, MovedTo(before, scrambled)), 0.0F);
}

TEST(Agreement, IsFullForADetectorsUsualErrorAndNoneForBoxesApart) {
  EXPECT_FLOAT_EQ(Agreement(BoxAt(100, 100), BoxAt(106, 100)), 1.0F);
  EXPECT_FLOAT_EQ(Agreement(BoxAt(100, 100), BoxAt(190, 100)), 0.0F);
}

TEST(AreOnSameFace, TellsCollapsedTracksFromNeighbors) {
  EXPECT_TRUE(AreOnSameFace(TrackAt(BoxAt(100, 100)), TrackAt(BoxAt(105, 102))));
  EXPECT_FALSE(AreOnSameFace(TrackAt(BoxAt(100, 100)), TrackAt(BoxAt(130, 100))));
  EXPECT_FALSE(AreOnSameFace(TrackAt(BoxAt(100, 100, 20)), TrackAt(BoxAt(100, 100, 100))))
      << "a small face before a large one";
}

TEST(AreOnSameFace, GoesByTheBoxesWhereOneHasNoPoints) {
  const FaceTrack track = TrackAt(BoxAt(100, 100));
  EXPECT_TRUE(AreOnSameFace(track, TrackAt(BoxAt(115, 100), 0)));
  EXPECT_TRUE(AreOnSameFace(TrackAt(BoxAt(115, 100), 0), track));
  EXPECT_FALSE(AreOnSameFace(track, TrackAt(BoxAt(135, 100), 0))) << "a neighbor";
}

TEST(AreOnSameFace, TakesAPartOfALeaningFaceForThatFace) {
  FaceTrack face = TrackAt(BoxAt(100, 100, 100));
  const FaceTrack part = TrackAt(BoxAt(110, 105, 40), 0);
  EXPECT_FALSE(AreOnSameFace(face, part));
  face.leans = true;
  EXPECT_TRUE(AreOnSameFace(face, part));
  EXPECT_TRUE(AreOnSameFace(part, face));
}

TEST(MatchByOverlap, TakesTheBestPairFirst) {
  const std::vector<RectF> a = {BoxAt(100, 100), BoxAt(120, 100)};
  const std::vector<RectF> b = {BoxAt(118, 100), BoxAt(90, 100), BoxAt(500, 100)};
  EXPECT_THAT(MatchByOverlap(a, b, 0.3F), ElementsAre(Pair(1, 0), Pair(0, 1)));
}

TEST(MatchByOverlap, LeavesWeakPairsAlone) {
  const std::vector<RectF> a = {BoxAt(100, 100)};
  const std::vector<RectF> b = {BoxAt(150, 100)};
  EXPECT_THAT(MatchByOverlap(a, b, 0.3F), IsEmpty());
  EXPECT_THAT(MatchByOverlap(a, {}, 0.3F), IsEmpty());
}

}  // namespace
}  // namespace nosetip

#include "tracker/stream/stream_frame.h"

#include <gtest/gtest.h>

#include "tests/unit/tracker/stream/stream_fixture.h"

namespace nosetip {
namespace {

TEST(MainFace, IsTheLargestWithPoints) {
  EXPECT_EQ(MainFace(*FrameOf({})), nullptr);
  TrackedFace small = PosedFace(), large = PosedFace(), covered = PosedFace();
  small.id = 1;
  large.id = 2;
  covered.id = 3;
  small.box.rect.width = 50;
  covered.box.rect.width = 500;
  covered.landmarks = {};
  const StreamFramePtr frame = FrameOf({small, large, covered});
  EXPECT_EQ(MainFace(*frame)->face.id, 2);
  EXPECT_EQ(MainFace(*FrameOf({covered})), nullptr);
}

TEST(MakeStreamFrame, MeasuresEyesAndMouth) {
  TrackedFace face;
  face.landmarks.points_px = ExpressiveFace(0.3, 0.0);
  // The eye on the picture's left is the person's right one.
  for (const size_t lid : {37, 38, 40, 41}) face.landmarks.points_px[lid].y *= 0.3F;
  FaceMeasures measures = *FrameOf({face})->faces.front().measures;
  EXPECT_EQ(measures.eye_open_left, 1.0);
  EXPECT_EQ(measures.eye_open_right, 0.0);
  EXPECT_EQ(measures.mouth_open, 0.0);
  face.landmarks.points_px = ExpressiveFace(0.2, 0.4);
  measures = *FrameOf({face})->faces.front().measures;
  EXPECT_NEAR(measures.eye_open_left, 0.5, 1e-5);
  EXPECT_NEAR(measures.mouth_open, 0.4 / 0.45, 1e-5);
  face.landmarks = {};
  EXPECT_FALSE(FrameOf({face})->faces.front().measures);
}

}  // namespace
}  // namespace nosetip

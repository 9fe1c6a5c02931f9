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
  EXPECT_EQ(MainFace(*frame)->id, 2);
  EXPECT_EQ(MainFace(*FrameOf({covered})), nullptr);
}

}  // namespace
}  // namespace nosetip

#include "tracker/core/line_of_sight.h"

#include <gtest/gtest.h>

#include "tests/support/turned_head.h"
#include "tracker/core/face_shape.h"

namespace nosetip {
namespace {

TEST(Sight, LeadsFromAPixelBackToThePointOfTheHead) {
  const HeadPose pose = PoseOf(40.0F, -20.0F, 10.0F);
  const std::vector<Point2f> points = ProjectedHead(LearnedFaceShape().neutral_mm, pose);
  const Sight sight(pose);
  for (size_t i = 0; i < points.size(); ++i) {
    const Point3 found = sight.Through(points[i]).AtDepth(NeutralHead()[i][2]);
    for (size_t axis = 0; axis < 3; ++axis) {
      EXPECT_NEAR(found[axis], NeutralHead()[i][axis], 0.05) << i;
    }
  }
}

TEST(LineOfSight, IsSteepForAFaceThatLooksIntoTheCamera) {
  const auto steepness = [](float yaw_deg) {
    return Sight({{0, 0, 600}, PoseOf(yaw_deg, 0, 0).rotation_rad, {640, 640, 320, 240}})
        .Through({320.0F, 240.0F})
        .Steepness();
  };
  EXPECT_NEAR(steepness(0.0F), 1.0, 1e-6);
  EXPECT_NEAR(steepness(60.0F), 0.5, 1e-6);
  EXPECT_NEAR(steepness(90.0F), 0.0, 1e-6);
}

}  // namespace
}  // namespace nosetip

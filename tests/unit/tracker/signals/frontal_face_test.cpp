#include "tracker/signals/frontal_face.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "tests/support/turned_head.h"
#include "tracker/core/face_shape.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

TEST(FrontalPoints, AreTheHeadsInEveryDirection) {
  for (const float yaw : {-60.0F, -25.0F, 0.0F, 25.0F}) {
    for (const float pitch : {-30.0F, 0.0F, 20.0F}) {
      const HeadPose pose = PoseOf(yaw, pitch, 15.0F);
      const auto frontal = FrontalPoints(ProjectedHead(LearnedFaceShape().neutral_mm, pose), pose);
      ASSERT_TRUE(frontal) << yaw << ' ' << pitch;
      for (size_t i = 0; i < frontal->size(); ++i) {
        EXPECT_NEAR((*frontal)[i].x, NeutralHead()[i][0], 0.05) << yaw << ' ' << pitch << ' ' << i;
        EXPECT_NEAR((*frontal)[i].y, NeutralHead()[i][1], 0.05) << yaw << ' ' << pitch << ' ' << i;
      }
    }
  }
}

TEST(FrontalPoints, AreNothingForAProfile) {
  const HeadPose pose = PoseOf(80.0F, 0.0F, 0.0F);
  EXPECT_FALSE(FrontalPoints(ProjectedHead(LearnedFaceShape().neutral_mm, pose), pose));
}

}  // namespace
}  // namespace nosetip

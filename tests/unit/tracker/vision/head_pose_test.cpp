#include "tracker/vision/head_pose.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "tracker/vision/intrinsics.h"

namespace nosetip {
namespace {

// All 68 points; those outside the rigid model lie where they cannot help.
std::vector<Point2f> Project(HeadPose pose, const PinholeCamera& camera) {
  pose.camera = camera;
  std::vector<Point2f> points(68);
  for (const ModelPoint& point : RigidFaceModel()) {
    points[static_cast<size_t>(point.landmark)] = ProjectHeadPoint(pose, point.head_mm);
  }
  return points;
}

float Between(float low, float high) {
  return low + (high - low) * static_cast<float>(*rc::gen::inRange(0, 10001)) / 10000.0F;
}

RC_GTEST_PROP(HeadPose, IsRecoveredFromItsProjection, ()) {
  const HeadPose pose = {{Between(-200, 200), Between(-150, 150), Between(250, 2000)},
                         {Between(-0.9F, 0.9F), Between(-1.2F, 1.2F), Between(-1.5F, 1.5F)}};
  const PinholeCamera camera = CameraForFrame({640, 480}, {.fx_px = Between(300, 1500)});
  const auto found = EstimateHeadPose(Project(pose, camera), Ibug68(), camera);
  RC_ASSERT(found.has_value());
  for (size_t i = 0; i < 3; ++i) {
    RC_ASSERT(std::abs(found->rotation_rad[i] - pose.rotation_rad[i]) < 0.01F);
    RC_ASSERT(std::abs(found->translation_mm[i] - pose.translation_mm[i]) <
              0.01F * pose.translation_mm[2]);
  }
}

RC_GTEST_PROP(HeadPose, MovesLittleWithNoisyPoints, ()) {
  const HeadPose pose = {{0, 0, 500}, {Between(-0.4F, 0.4F), Between(-0.7F, 0.7F), 0.0F}};
  const PinholeCamera camera = CameraForFrame({640, 480});
  std::vector<Point2f> points = Project(pose, camera);
  for (Point2f& p : points) p = p + Point2f{Between(-1, 1), Between(-1, 1)};
  const auto found = EstimateHeadPose(points, Ibug68(), camera);
  RC_ASSERT(found.has_value());
  for (size_t i = 0; i < 3; ++i) {
    RC_ASSERT(std::abs(found->rotation_rad[i] - pose.rotation_rad[i]) < 0.15F);
  }
}

void ExpectSame(const HeadPose& a, const HeadPose& b) {
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_NEAR(a.translation_mm[i], b.translation_mm[i], 1.0F) << "axis " << i;
    EXPECT_NEAR(a.rotation_rad[i], b.rotation_rad[i], 1e-3F) << "axis " << i;
  }
}

TEST(HeadPose, IsThatOfTheCameraWhoseIntrinsicsAreKnown) {
  const HeadPose pose = {{60, -40, 700}, {0.1F, -0.3F, 0.2F}};
  for (const PinholeCamera& camera :
       {PinholeCamera{800, 800, 250, 300}, PinholeCamera{800, 640, 400, 180}}) {
    const auto found = EstimateHeadPose(Project(pose, camera), Ibug68(), camera);
    ASSERT_TRUE(found);
    ExpectSame(*found, pose);
    EXPECT_EQ(found->camera, camera);
  }
}

TEST(HeadPose, IsFartherAwayForALongerFocalLength) {
  const PinholeCamera camera = {800, 800, 319.5, 239.5};
  PinholeCamera longer = camera;
  longer.fx_px = longer.fy_px = 1600;
  const std::vector<Point2f> points = Project({{0, 0, 700}, {0.0F, 0.3F, 0.0F}}, camera);
  const auto found = EstimateHeadPose(points, Ibug68(), longer);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->translation_mm[2], 1400.0F, 70.0F);
}

TEST(HeadPose, OfAFrontalFaceInTheCenterIsZero) {
  const PinholeCamera camera = CameraForFrame({640, 480});
  const auto found = EstimateHeadPose(Project({{0, 0, 600}, {}}, camera), Ibug68(), camera);
  ASSERT_TRUE(found);
  for (const float angle : found->rotation_rad) EXPECT_NEAR(angle, 0.0F, 1e-3);
  EXPECT_NEAR(found->translation_mm[2], 600.0F, 1.0F);
}

// The signs, as seen in the frame: x to the right, y down.
TEST(HeadPose, TurnsTheNoseAsItsAnglesSay) {
  const PinholeCamera camera = CameraForFrame({640, 480});
  const Point3 nose = {0.0, 34.5, -43.5};
  const Point3 left_eye = {44.5, 0.0, 0.0};
  const auto at = [&](std::array<float, 3> angles, const Point3& point) {
    return ProjectHeadPoint({{0, 0, 600}, angles, camera}, point);
  };
  EXPECT_GT(at({0.3F, 0, 0}, nose).y, at({}, nose).y) << "pitch above 0 looks down";
  EXPECT_LT(at({0, 0.3F, 0}, nose).x, at({}, nose).x) << "yaw above 0 looks to the frame's left";
  EXPECT_GT(at({0, 0, 0.3F}, left_eye).y, at({}, left_eye).y) << "roll above 0 turns clockwise";
}

TEST(HeadPose, OfAMirroredFaceIsMirrored) {
  const PinholeCamera camera = CameraForFrame({640, 480});
  const HeadPose pose = {{40, -20, 500}, {0.1F, 0.4F, -0.2F}};
  const std::vector<Point2f> points = Project(pose, camera);
  std::vector<Point2f> mirrored(68);
  for (size_t i = 0; i < 68; ++i) {
    const Point2f p = points[static_cast<size_t>(Ibug68().mirror[i])];
    mirrored[i] = {639.0F - p.x, p.y};
  }
  const auto found = EstimateHeadPose(mirrored, Ibug68(), camera);
  ASSERT_TRUE(found);
  EXPECT_NEAR(found->translation_mm[0], -40.0F, 1.0F);
  EXPECT_NEAR(found->rotation_rad[0], 0.1F, 0.01F);
  EXPECT_NEAR(found->rotation_rad[1], -0.4F, 0.01F);
  EXPECT_NEAR(found->rotation_rad[2], 0.2F, 0.01F);
}

TEST(HeadPose, IsNothingForOtherSchemas) {
  const PinholeCamera camera = CameraForFrame({640, 480});
  EXPECT_FALSE(EstimateHeadPose(std::vector<Point2f>(58), Imm58(), camera));
  EXPECT_FALSE(EstimateHeadPose(std::vector<Point2f>(1), Nose1(), camera));
}

TEST(HeadPose, IsNothingForPointsThatLeaveItOpen) {
  const PinholeCamera camera = CameraForFrame({640, 480});
  EXPECT_FALSE(EstimateHeadPose(std::vector<Point2f>(68, {300, 200}), Ibug68(), camera));
  std::vector<Point2f> line(68);
  for (size_t i = 0; i < 68; ++i) line[i] = {static_cast<float>(i), 2.0F * static_cast<float>(i)};
  EXPECT_FALSE(EstimateHeadPose(line, Ibug68(), camera));
  std::vector<Point2f> broken = Project({{0, 0, 600}, {}}, camera);
  broken[30].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(EstimateHeadPose(broken, Ibug68(), camera));
}

TEST(RigidFaceModel, IsSymmetric) {
  for (const ModelPoint& point : RigidFaceModel()) {
    const int other = Ibug68().mirror[static_cast<size_t>(point.landmark)];
    bool found = false;
    for (const ModelPoint& mirrored : RigidFaceModel()) {
      if (mirrored.landmark != other) continue;
      found = true;
      EXPECT_EQ(mirrored.head_mm[0], -point.head_mm[0]);
      EXPECT_EQ(mirrored.head_mm[1], point.head_mm[1]);
      EXPECT_EQ(mirrored.head_mm[2], point.head_mm[2]);
    }
    EXPECT_TRUE(found) << point.landmark;
  }
}

}  // namespace
}  // namespace nosetip

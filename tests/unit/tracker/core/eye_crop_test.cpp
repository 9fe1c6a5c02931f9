#include "tracker/core/eye_crop.h"

#include <limits>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

// Eyes 100 px apart at the height 50, whose lids are 10 px apart, and the base of the nose.
std::vector<Point2f> FaceFromTheFront() {
  std::vector<Point2f> points(68);
  points[33] = {100.0F, 120.0F};
  for (size_t eye = 0; eye < 2; ++eye) {
    const float out = eye == 0 ? -1.0F : 1.0F;
    const float x = eye == 0 ? 50.0F : 150.0F;
    const PointsOfEye shape = {{{x + out * 20.0F, 50.0F},
                                {x + out * 8.0F, 45.0F},
                                {x - out * 8.0F, 45.0F},
                                {x - out * 20.0F, 50.0F},
                                {x - out * 8.0F, 55.0F},
                                {x + out * 8.0F, 55.0F}}};
    for (size_t k = 0; k < shape.size(); ++k) points[kEyesOfIbug68[eye][k]] = shape[k];
  }
  return points;
}

PointsOfEye InCrop(const std::vector<Point2f>& points, size_t eye) {
  const auto crop_from_frame = EyeCropFromFrame(points, eye);
  PointsOfEye in_crop = EyeOf(points, eye);
  for (Point2f& p : in_crop) p = crop_from_frame.value().Apply(p);
  return in_crop;
}

void ExpectNear(const PointsOfEye& a, const PointsOfEye& b) {
  for (size_t k = 0; k < a.size(); ++k) EXPECT_LT(Distance(a[k], b[k]), 1e-3F) << "point " << k;
}

TEST(EyesOfIbug68, AreEachOthersMirrorImages) {
  const std::vector<int>& mirror = Ibug68().mirror;
  for (size_t k = 0; k < kPointsPerEye; ++k) {
    EXPECT_EQ(mirror[kEyesOfIbug68[0][k]], static_cast<int>(kEyesOfIbug68[1][k]));
  }
}

TEST(EyeCropFromFrame, PutsTheEyeIntoTheMiddle) {
  const Point2f middle = Mean(InCrop(FaceFromTheFront(), 0));
  EXPECT_NEAR(middle.x, 31.5F, 1e-3F);
  EXPECT_NEAR(middle.y, 23.5F, 1e-3F);
}

TEST(EyeCropFromFrame, IsAsWideAsTheEyesAreApart) {
  const PointsOfEye eye = InCrop(FaceFromTheFront(), 0);
  EXPECT_NEAR(Distance(eye[0], eye[3]), 64.0F * 40.0F / 86.0F, 1e-2F);
}

TEST(EyeCropFromFrame, ShowsBothEyesAlike) {
  const std::vector<Point2f> points = FaceFromTheFront();
  ExpectNear(InCrop(points, 0), InCrop(points, 1));
}

TEST(EyeCropFromFrame, TurnsALeaningFaceUpright) {
  std::vector<Point2f> points = FaceFromTheFront();
  const PointsOfEye upright = InCrop(points, 1);
  for (Point2f& p : points) p = Affine2::Similarity(2.0F, 0.7F, {9.0F, -4.0F}).Apply(p);
  ExpectNear(InCrop(points, 1), upright);
}

TEST(EyeCropFromFrame, DoesNotGrowAnEyeOfATurnedHead) {
  std::vector<Point2f> points = FaceFromTheFront();
  for (Point2f& p : points) p.x *= 0.3F;
  // Of the nose: 70 px above it are as much as eyes 70 / 0.9 px apart.
  const auto crop_from_frame = EyeCropFromFrame(points, 0);
  EXPECT_NEAR(crop_from_frame.value().Scale(), 64.0F / (0.86F * 70.0F / 0.9F), 1e-3F);
}

TEST(EyeCropFromFrame, IsNothingForPointsInOnePlaceOrNowhere) {
  EXPECT_FALSE(EyeCropFromFrame(std::vector<Point2f>(68), 0));
  std::vector<Point2f> points = FaceFromTheFront();
  points[39].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(EyeCropFromFrame(points, 0));
  points[39].x = std::numeric_limits<float>::infinity();
  EXPECT_FALSE(EyeCropFromFrame(points, 0));
}

TEST(MeanEyeWithLidsOf, IsBetweenBothWithTheLidsOfTheSecond) {
  const PointsOfEye open = EyeOf(FaceFromTheFront(), 0);
  PointsOfEye shut = open;
  for (Point2f& p : shut) p = {p.x + 4.0F, 60.0F};
  const PointsOfEye mean = MeanEyeWithLidsOf(open, shut);
  EXPECT_EQ(mean[0], (Point2f{32.0F, 55.0F}));
  EXPECT_EQ(mean[1], (Point2f{44.0F, 55.0F}));
  EXPECT_EQ(mean[5], (Point2f{44.0F, 55.0F}));
}

}  // namespace
}  // namespace nosetip

#include "tracker/core/face.h"

#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

Landmarks FaceOfEyeDistance(float px) {
  Landmarks face;
  face.points_px.assign(68, {10.0F, 10.0F});
  face.points_px[45] = {10.0F + px, 10.0F};
  face.expected_error_px.assign(68, 0.04F * px);
  return face;
}

TEST(FaceUnitPx, IsTheDistanceOfTheOuterEyeCorners) {
  EXPECT_FLOAT_EQ(FaceUnitPx(FaceOfEyeDistance(50.0F).points_px, Ibug68()), 50.0F);
}

TEST(FaceUnitPx, OfOnePointIsNothing) {
  const std::vector<Point2f> tip = {{3.0F, 4.0F}};
  EXPECT_FLOAT_EQ(FaceUnitPx(tip, Nose1()), 0.0F);
}

TEST(ConfidenceOf, FallsFromOneToNothingAsTheErrorGrows) {
  EXPECT_FLOAT_EQ(ConfidenceOf(0.0F), 1.0F);
  float before = 1.0F;
  for (float expected = 0.5F; expected < 60.0F; expected += 0.5F) {
    const float now = ConfidenceOf(expected);
    EXPECT_LE(now, before);
    EXPECT_GE(now, 0.0F);
    before = now;
  }
  EXPECT_LT(before, 0.02F);
  EXPECT_FLOAT_EQ(ConfidenceOf(std::numeric_limits<float>::quiet_NaN()), 0.0F);
}

// Two coordinates that err by a normal distribution each.
TEST(ConfidenceOf, IsTheShareOfNormalErrorsWithinTheLimit) {
  const float expected = 6.0F;
  const double sigma = expected / std::sqrt(0.5 * M_PI);
  EXPECT_NEAR(ConfidenceOf(expected), 1.0 - std::exp(-0.5 * std::pow(8.0 / sigma, 2.0)), 1e-5);
}

TEST(SetConfidence, DoesNotDependOnTheSizeOfTheFace) {
  Landmarks small = FaceOfEyeDistance(20.0F);
  Landmarks large = FaceOfEyeDistance(400.0F);
  SetConfidence(small, Ibug68());
  SetConfidence(large, Ibug68());
  ASSERT_EQ(small.confidence.size(), 68U);
  EXPECT_NEAR(small.confidence[0], large.confidence[0], 1e-4F);
  EXPECT_NEAR(small.confidence[0], ConfidenceOf(4.0F), 1e-4F);
}

TEST(SetConfidence, IsEmptyWhereTheModelGivesNone) {
  Landmarks face = FaceOfEyeDistance(50.0F);
  face.expected_error_px.clear();
  face.confidence = {1.0F};
  SetConfidence(face, Ibug68());
  EXPECT_TRUE(face.confidence.empty());
}

}  // namespace
}  // namespace nosetip

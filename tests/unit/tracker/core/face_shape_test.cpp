#include "tracker/core/face_shape.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

Point3 Mirrored(const Point3& p) { return {-p[0], p[1], p[2]}; }

void ExpectSymmetric(std::span<const Point3, kShapePoints> head) {
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto other = static_cast<size_t>(Ibug68().mirror[i]);
    for (size_t a = 0; a < 3; ++a) EXPECT_NEAR(head[other][a], Mirrored(head[i])[a], 0.011) << i;
  }
}

TEST(LearnedFaceShape, IsAnAdultHeadThatFacesTheCamera) {
  const HeadPoints& mean = LearnedFaceShape().mean_mm;
  ExpectSymmetric(mean);
  EXPECT_NEAR(mean[45][0] - mean[36][0], 89.0, 0.1);
  EXPECT_NEAR(mean[36][2], 0.0, 0.1);
  EXPECT_GT(mean[8][1], 90.0) << "the chin is below the eyes";
  EXPECT_LT(mean[30][2], -35.0) << "the tip of the nose is in front of them";
  EXPECT_GT(mean[0][2], 30.0) << "and the ears are behind them";
}

TEST(LearnedFaceShape, HasModesThatAreSymmetricOrTheOpposite) {
  const FaceShape& shape = LearnedFaceShape();
  for (size_t k = 0; k < kShapeModes; ++k) {
    double same = 0.0, opposite = 0.0, size = 0.0;
    for (size_t i = 0; i < kShapePoints; ++i) {
      const auto other = static_cast<size_t>(Ibug68().mirror[i]);
      for (size_t a = 0; a < 3; ++a) {
        const double own = shape.modes_mm[i][a][k];
        const double mirrored = (a == 0 ? -1.0 : 1.0) * shape.modes_mm[other][a][k];
        same = std::max(same, std::abs(own - mirrored));
        opposite = std::max(opposite, std::abs(own + mirrored));
        size = std::max(size, std::abs(own));
      }
    }
    EXPECT_LT(std::min(same, opposite), 0.021) << k;
    EXPECT_GT(size, 0.1) << k << " moves something";
  }
}

TEST(LearnedFaceShape, KnowsHowFarPointsErr) {
  for (const double noise : LearnedFaceShape().noise_mm) {
    EXPECT_GT(noise, 0.05);
    EXPECT_LT(noise, 3.0);
  }
}

TEST(NeutralHead, HasClosedLips) {
  const auto head = NeutralHead();
  ExpectSymmetric(head);
  for (const auto& [upper, lower] : {std::pair(61, 67), {62, 66}, {63, 65}}) {
    EXPECT_NEAR(head[static_cast<size_t>(upper)][1], head[static_cast<size_t>(lower)][1], 0.05);
  }
  const HeadPoints& mean = LearnedFaceShape().mean_mm;
  EXPECT_GT(mean[66][1] - mean[62][1], 1.0) << "those of the mean are open";
}

TEST(HeadOf, AddsTheModesToTheMean) {
  const FaceShape& shape = LearnedFaceShape();
  EXPECT_EQ(HeadOf({}), shape.mean_mm);
  ShapeCoefficients coefficients{};
  coefficients[3] = 2.0;
  EXPECT_NEAR(HeadOf(coefficients)[8][1], shape.mean_mm[8][1] + 2.0 * shape.modes_mm[8][1][3],
              1e-9);
}

}  // namespace
}  // namespace nosetip

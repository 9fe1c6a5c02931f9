#include "tracker/core/geometry.h"

#include <cmath>
#include <limits>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr float kQuarterTurnRad = 1.5707963F;

TEST(NearestWhole, KeepsToItsRange) {
  EXPECT_EQ(NearestWhole(2.6), 3);
  EXPECT_EQ(NearestWhole(-2.6), -3);
  EXPECT_EQ(NearestWhole(1e30), kLargestWhole);
  EXPECT_EQ(NearestWhole(-std::numeric_limits<double>::infinity()), -kLargestWhole);
  EXPECT_EQ(NearestWhole(std::nan("")), 0);
}

TEST(Distance, IsThatOfPythagoras) { EXPECT_FLOAT_EQ(Distance({1, 1}, {4, 5}), 5.0F); }

TEST(Mean, IsTheCenterOfThePoints) {
  const std::vector<Point2f> points = {{0, 0}, {4, 0}, {2, 6}};
  EXPECT_EQ(Mean(points), (Point2f{2, 2}));
}

TEST(Mean, OfNothingIsAMistake) { EXPECT_THROW(Mean({}), std::logic_error); }

TEST(BoundsOf, HoldsAllPointsTightly) {
  const std::vector<Point2f> points = {{3, -1}, {-2, 5}, {0, 0}};
  EXPECT_EQ(BoundsOf(points), (RectF{-2, -1, 5, 6}));
}

TEST(BoundsOf, NoPointsIsAnEmptyRectangle) { EXPECT_EQ(BoundsOf({}), RectF{}); }

TEST(RectF, HasNoAreaWhereASideIsNegative) {
  EXPECT_FLOAT_EQ((RectF{0, 0, -2, -3}).Area(), 0.0F);
  EXPECT_FLOAT_EQ((RectF{5, 5, 2, 3}).Area(), 6.0F);
}

TEST(Intersection, OfRectanglesThatOnlyTouchIsEmpty) {
  EXPECT_EQ(Intersection({0, 0, 2, 2}, {2, 0, 2, 2}), RectF{});
  EXPECT_EQ(Intersection({0, 0, 2, 2}, {1, 1, 5, 5}), (RectF{1, 1, 1, 1}));
}

TEST(IntersectionOverUnion, IsOneForTheSameAndZeroForEmptyRectangles) {
  EXPECT_FLOAT_EQ(IntersectionOverUnion({1, 2, 3, 4}, {1, 2, 3, 4}), 1.0F);
  EXPECT_FLOAT_EQ(IntersectionOverUnion({}, {}), 0.0F);
  EXPECT_FLOAT_EQ(IntersectionOverUnion({0, 0, 2, 1}, {1, 0, 2, 1}), 1.0F / 3.0F);
}

TEST(SquareAround, KeepsTheCenterAndTakesTheLongerSide) {
  EXPECT_EQ(SquareAround({0, 0, 10, 4}, 1.5F), (RectF{-2.5F, -5.5F, 15, 15}));
}

TEST(Similarity, TurnsXTowardsY) {
  const Affine2 turn = Affine2::Similarity(2.0F, kQuarterTurnRad, {10, 20});
  const Point2f p = turn.Apply({1, 0});
  EXPECT_NEAR(p.x, 10.0F, 1e-5F);
  EXPECT_NEAR(p.y, 22.0F, 1e-5F);
  EXPECT_FLOAT_EQ(turn.Scale(), 2.0F);
}

TEST(Affine2, ProductAppliesTheRightFactorFirst) {
  const Affine2 shift = Affine2::Similarity(1, 0, {5, 0});
  const Affine2 twice = Affine2::Similarity(2, 0, {});
  EXPECT_EQ((twice * shift).Apply({1, 1}), (Point2f{12, 2}));
  EXPECT_EQ((shift * twice).Apply({1, 1}), (Point2f{7, 2}));
}

TEST(Affine2, InverseOfASingularTransformIsAMistake) {
  EXPECT_THROW((Affine2{{1, 2, 0, 2, 4, 0}}).Inverse(), std::logic_error);
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EXPECT_THROW((Affine2{{nan, 0, 0, 0, 1, 0}}).Inverse(), std::logic_error);
}

TEST(FitSimilarity, FindsTheTransformThatMovedThePoints) {
  const std::vector<Point2f> source = {{0, 0}, {10, 0}, {3, 7}, {-4, 2}};
  const Affine2 truth = Affine2::Similarity(1.7F, -0.6F, {12, -5});
  std::vector<Point2f> target;
  for (const Point2f p : source) target.push_back(truth.Apply(p));
  const auto fit = FitSimilarity(target, source);
  ASSERT_TRUE(fit.has_value());
  for (size_t i = 0; i < 6; ++i) EXPECT_NEAR(fit->m[i], truth.m[i], 1e-4F) << i;
}

TEST(FitSimilarity, DoesNotMirror) {
  const std::vector<Point2f> source = {{-1, -2}, {1, -2}, {-1, 2}, {1, 2}};
  const std::vector<Point2f> mirrored = {{1, -2}, {-1, -2}, {1, 2}, {-1, 2}};
  const auto fit = FitSimilarity(mirrored, source);
  ASSERT_TRUE(fit.has_value());
  EXPECT_GT(fit->m[0] * fit->m[4] - fit->m[1] * fit->m[3], 0.0F);
}

TEST(FitSimilarity, NeedsTwoPointsApart) {
  const std::vector<Point2f> one = {{1, 1}};
  EXPECT_FALSE(FitSimilarity(one, one).has_value());
  const std::vector<Point2f> same = {{1, 1}, {1, 1}};
  EXPECT_FALSE(FitSimilarity(same, same).has_value());
}

TEST(FitSimilarity, NeedsAsManyTargetsAsSources) {
  const std::vector<Point2f> two = {{0, 0}, {1, 1}};
  const std::vector<Point2f> three = {{0, 0}, {1, 1}, {2, 0}};
  EXPECT_THROW(FitSimilarity(two, three), std::logic_error);
}

}  // namespace
}  // namespace nosetip

#include "tracker/core/expression.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// The outer eye corners are 100 apart, each eye is 25 wide and 6 and 10 open, the mouth is 50 wide
// and 20 open, the brows are 15 and 25 above the eyes.
std::vector<Point2f> Face() {
  std::vector<Point2f> points(68);
  const auto eye = [&](size_t first, float x, float gap) {
    points[first] = {x, 0.0F};
    points[first + 1] = {x + 8.0F, -0.5F * gap};
    points[first + 2] = {x + 17.0F, -0.5F * gap};
    points[first + 3] = {x + 25.0F, 0.0F};
    points[first + 4] = {x + 17.0F, 0.5F * gap};
    points[first + 5] = {x + 8.0F, 0.5F * gap};
  };
  eye(36, 0.0F, 6.0F);
  eye(42, 75.0F, 10.0F);
  points[48] = {25.0F, 60.0F};
  points[54] = {75.0F, 60.0F};
  points[62] = {50.0F, 50.0F};
  points[66] = {50.0F, 70.0F};
  for (size_t i = 0; i < 5; ++i) {
    const auto x = static_cast<float>(5 * i);
    points[17 + i] = {x, -15.0F + 0.5F * (x - 10.0F)};
    points[22 + i] = {75.0F + x, -25.0F};
  }
  return points;
}

void ExpectThatOfFace(const Expression& found) {
  EXPECT_NEAR(found.eye_openness[0], 6.0 / 25.0, 1e-4);
  EXPECT_NEAR(found.eye_openness[1], 10.0 / 25.0, 1e-4);
  EXPECT_NEAR(found.MeanEyeOpenness(), 8.0 / 25.0, 1e-4);
  EXPECT_NEAR(found.mouth_opening, 0.2, 1e-4);
  EXPECT_NEAR(found.mouth_width, 0.5, 1e-4);
  EXPECT_NEAR(found.brow_height[0], 0.15, 1e-4);
  EXPECT_NEAR(found.brow_height[1], 0.25, 1e-4);
}

TEST(ExpressionOf, FollowsItsFormulas) {
  const auto found = ExpressionOf(Face(), Ibug68());
  ASSERT_TRUE(found);
  ExpectThatOfFace(*found);
}

TEST(ExpressionOf, IsTheSameForAFaceOfAnotherSizeThatLeans) {
  const Affine2 moved = Affine2::Similarity(2.5F, 0.7F, {300.0F, 40.0F});
  std::vector<Point2f> points = Face();
  for (Point2f& p : points) p = moved.Apply(p);
  const auto found = ExpressionOf(points, Ibug68());
  ASSERT_TRUE(found);
  ExpectThatOfFace(*found);
}

TEST(ExpressionOf, ChangesSidesInTheMirroredPicture) {
  const std::vector<Point2f> points = Face();
  std::vector<Point2f> mirrored(points.size());
  for (size_t i = 0; i < points.size(); ++i) {
    const Point2f p = points[static_cast<size_t>(Ibug68().mirror[i])];
    mirrored[i] = {-p.x, p.y};
  }
  const auto a = ExpressionOf(points, Ibug68());
  const auto b = ExpressionOf(mirrored, Ibug68());
  EXPECT_NEAR(a->eye_openness[0], b->eye_openness[1], 1e-4);
  EXPECT_NEAR(a->brow_height[1], b->brow_height[0], 1e-4);
}

// A mistake in a number would measure something else without a word.
TEST(ExpressionPointsOf, HasSidesThatMirrorOntoEachOther) {
  for (const LandmarkSchema* schema : {&Ibug68(), &Imm58()}) {
    const ExpressionPoints* points = ExpressionPointsOf(*schema);
    ASSERT_NE(points, nullptr) << schema->name;
    const auto mirror = [&](int i) { return schema->mirror[static_cast<size_t>(i)]; };
    const auto& [left, right] = points->eyes;
    EXPECT_EQ(std::pair(left.outer_corner, right.outer_corner), *schema->outer_eye_corners);
    EXPECT_EQ(mirror(left.inner_corner), right.inner_corner);
    std::set<std::pair<int, int>> mirrored;
    for (const auto& [a, b] : left.lids) mirrored.insert(std::minmax(mirror(a), mirror(b)));
    std::set<std::pair<int, int>> lids;
    for (const auto& [a, b] : right.lids) lids.insert(std::minmax(a, b));
    EXPECT_EQ(mirrored, lids) << schema->name;
    EXPECT_EQ(mirror(points->mouth_corners.first), points->mouth_corners.second);
    EXPECT_EQ(mirror(points->lips.first), points->lips.first);
    EXPECT_EQ(mirror(points->lips.second), points->lips.second);
    std::set<int> brow;
    for (int i = points->brows[0].first; i <= points->brows[0].second; ++i) brow.insert(mirror(i));
    EXPECT_EQ(std::pair(*brow.begin(), *brow.rbegin()), points->brows[1]) << schema->name;
  }
  EXPECT_EQ(ExpressionPointsOf(Nose1()), nullptr);
}

TEST(ExpressionOf, IsNothingWithoutEyesOrWhereTheyAreAPoint) {
  EXPECT_FALSE(ExpressionOf(std::vector<Point2f>(1), Nose1()));
  EXPECT_FALSE(ExpressionOf(std::vector<Point2f>(68), Ibug68()));
}

}  // namespace
}  // namespace nosetip

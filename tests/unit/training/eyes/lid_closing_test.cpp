#include "training/eyes/lid_closing.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// 36 px wide, lids 12 px apart at the points.
PointsOfEye OpenEye() {
  return {{{14.0F, 24.0F},
           {26.0F, 18.0F},
           {38.0F, 18.0F},
           {50.0F, 24.0F},
           {38.0F, 30.0F},
           {26.0F, 30.0F}}};
}

TEST(LidClosing, BringsTheUpperLidDownAndLeavesTheRest) {
  const LidClosing half(OpenEye(), 0.5F);
  EXPECT_EQ(half.points()[1], (Point2f{26.0F, 24.0F}));
  EXPECT_EQ(half.points()[2], (Point2f{38.0F, 24.0F}));
  const LidClosing shut(OpenEye(), 1.0F);
  EXPECT_EQ(shut.points()[1], OpenEye()[5]);
  for (const size_t k : {0U, 3U, 4U, 5U}) EXPECT_EQ(shut.points()[k], OpenEye()[k]);
}

TEST(LidClosing, ShowsTheLidsEdgeWhereItsPointsAre) {
  const LidClosing half(OpenEye(), 0.5F);
  EXPECT_NEAR(half.SourceRow(26.0F, 24.0F), 18.0F, 1e-3F);
  // The lashes move as they are.
  EXPECT_NEAR(half.SourceRow(26.0F, 22.0F), 16.0F, 1e-3F);
}

TEST(LidClosing, KeepsWhatIsBelowTheLidFarAboveItAndBesideTheEye) {
  const LidClosing half(OpenEye(), 0.5F);
  EXPECT_EQ(half.SourceRow(26.0F, 25.0F), 25.0F);
  EXPECT_EQ(half.SourceRow(26.0F, 1.0F), 1.0F);
  EXPECT_EQ(half.SourceRow(5.0F, 20.0F), 20.0F);
}

TEST(LidClosing, ShowsEveryRowAboveTheLidInOrder) {
  const LidClosing shut(OpenEye(), 1.0F);
  for (float x = 8.0F; x < 58.0F; x += 1.0F) {
    float before = -1.0F;
    for (float y = 0.0F; y < 24.0F; y += 0.5F) {
      const float row = shut.SourceRow(x, y);
      EXPECT_GE(row, before) << x << ", " << y;
      EXPECT_LE(row, y) << x << ", " << y;
      before = row;
    }
  }
}

TEST(LidClosing, LeavesAnEyeSeenFromTheSideOpen) {
  PointsOfEye narrow = OpenEye();
  narrow[2].x = narrow[1].x - 1.0F;
  const LidClosing lid(narrow, 1.0F);
  EXPECT_EQ(lid.points(), narrow);
  EXPECT_EQ(lid.SourceRow(26.0F, 10.0F), 10.0F);
}

}  // namespace
}  // namespace nosetip

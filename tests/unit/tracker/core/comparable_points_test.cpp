#include "tracker/core/comparable_points.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(ComparablePoints, OfIbugAreItsOwn) {
  const auto pairs = ComparablePoints(Ibug68());
  ASSERT_EQ(pairs.size(), 68U);
  for (const PointPair& pair : pairs) EXPECT_EQ(pair.given, pair.ibug);
}

TEST(ComparablePoints, OfImmAreEachThereOnce) {
  std::set<int> given;
  std::set<int> ibug;
  for (const PointPair& pair : ComparablePoints(Imm58())) {
    EXPECT_TRUE(given.insert(pair.given).second) << pair.given;
    EXPECT_TRUE(ibug.insert(pair.ibug).second) << pair.ibug;
    EXPECT_LT(pair.given, Imm58().count);
    EXPECT_LT(pair.ibug, Ibug68().count);
  }
  EXPECT_EQ(given.size(), 16U);
}

TEST(ComparablePoints, MirrorOntoEachOtherInBothSchemes) {
  const auto pairs = ComparablePoints(Imm58());
  for (const PointPair& pair : pairs) {
    const int given = Imm58().mirror[static_cast<size_t>(pair.given)];
    const int ibug = Ibug68().mirror[static_cast<size_t>(pair.ibug)];
    EXPECT_TRUE(std::ranges::any_of(pairs, [&](const PointPair& other) {
      return other.given == given && other.ibug == ibug;
    })) << pair.given;
  }
}

TEST(ComparablePoints, HoldTheOuterEyeCornersInTheirOrder) {
  const auto pairs = ComparablePoints(Imm58());
  const auto ibug_of = [&](int given) {
    return std::ranges::find(pairs, given, &PointPair::given)->ibug;
  };
  EXPECT_EQ(ibug_of(Imm58().outer_eye_corners->first), Ibug68().outer_eye_corners->first);
  EXPECT_EQ(ibug_of(Imm58().outer_eye_corners->second), Ibug68().outer_eye_corners->second);
}

TEST(ComparablePoints, OfTheNoseAloneAreNone) { EXPECT_TRUE(ComparablePoints(Nose1()).empty()); }

}  // namespace
}  // namespace nosetip

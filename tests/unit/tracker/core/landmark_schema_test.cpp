#include "tracker/core/landmark_schema.h"

#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

class Schema : public ::testing::TestWithParam<const char*> {
 protected:
  int Mirror(int i) const { return schema_.mirror[static_cast<size_t>(i)]; }

  const LandmarkSchema& schema_ = SchemaByName(GetParam());
};

INSTANTIATE_TEST_SUITE_P(All, Schema, ::testing::Values("ibug68", "imm58", "nose1"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(Schema, IsFoundByItsOwnName) { EXPECT_EQ(schema_.name, GetParam()); }

TEST_P(Schema, MirroringTwiceChangesNothing) {
  ASSERT_EQ(schema_.mirror.size(), static_cast<size_t>(schema_.count));
  for (int i = 0; i < schema_.count; ++i) {
    ASSERT_GE(Mirror(i), 0);
    ASSERT_LT(Mirror(i), schema_.count);
    EXPECT_EQ(Mirror(Mirror(i)), i);
  }
}

TEST_P(Schema, EdgesJoinPointsThatExist) {
  for (const auto& [a, b] : schema_.edges) {
    EXPECT_GE(std::min(a, b), 0);
    EXPECT_LT(std::max(a, b), schema_.count);
    EXPECT_NE(a, b);
  }
}

TEST_P(Schema, TheMirrorImageOfAnEdgeIsAnEdge) {
  std::set<std::pair<int, int>> edges;
  for (const auto& [a, b] : schema_.edges) edges.insert(std::minmax(a, b));
  for (const auto& [a, b] : schema_.edges) {
    const int ma = Mirror(a);
    const int mb = Mirror(b);
    EXPECT_TRUE(edges.contains(std::minmax(ma, mb))) << a << " to " << b;
  }
}

TEST_P(Schema, EachPointIsInOnePartWithItsMirrorImageAndItsEdges) {
  std::vector<std::string_view> part_of(static_cast<size_t>(schema_.count));
  for (const LandmarkPart& part : schema_.parts) {
    for (int i = part.first; i <= part.last; ++i) {
      EXPECT_EQ(std::exchange(part_of.at(static_cast<size_t>(i)), part.name), "") << i;
    }
  }
  for (int i = 0; i < schema_.count; ++i) {
    const std::string_view name = part_of[static_cast<size_t>(i)];
    EXPECT_EQ(name.empty(), schema_.parts.empty()) << i;
    EXPECT_EQ(name, part_of[static_cast<size_t>(Mirror(i))]) << i;
  }
  for (const auto& [a, b] : schema_.edges) {
    EXPECT_EQ(part_of[static_cast<size_t>(a)], part_of[static_cast<size_t>(b)]) << a << " to " << b;
  }
}

TEST(LandmarkSchemas, OuterEyeCornersMirrorOntoEachOther) {
  for (const LandmarkSchema* schema : {&Ibug68(), &Imm58()}) {
    ASSERT_TRUE(schema->outer_eye_corners.has_value()) << schema->name;
    const auto [left, right] = *schema->outer_eye_corners;
    EXPECT_EQ(schema->mirror[static_cast<size_t>(left)], right) << schema->name;
  }
}

TEST(LandmarkSchemas, HaveTheNumberOfPointsInTheirNames) {
  EXPECT_EQ(Ibug68().count, 68);
  EXPECT_EQ(Imm58().count, 58);
  EXPECT_EQ(Nose1().count, 1);
}

TEST(Ibug68, MirrorsChinBridgeAndMidLipsOntoThemselves) {
  std::set<int> middle;
  for (int i = 0; i < 68; ++i) {
    if (Ibug68().mirror[static_cast<size_t>(i)] == i) middle.insert(i);
  }
  EXPECT_EQ(middle, (std::set<int>{8, 27, 28, 29, 30, 33, 51, 57, 62, 66}));
}

TEST(PointsOf, FindsTheNoseInEverySchemaAndEachSchemaInItself) {
  EXPECT_EQ(PointsOf(Nose1(), Imm58()), std::vector<int>{52});
  EXPECT_EQ(PointsOf(Nose1(), Ibug68()), std::vector<int>{30});
  EXPECT_EQ(PointsOf(Nose1(), Nose1()), std::vector<int>{0});
  EXPECT_EQ(PointsOf(Imm58(), Imm58())->at(57), 57);
  EXPECT_EQ(PointsOf(Imm58(), Ibug68()), std::nullopt);
  EXPECT_EQ(PointsOf(Imm58(), Nose1()), std::nullopt);
}

TEST(SchemaByName, ListsTheKnownNamesForAnUnknownOne) {
  EXPECT_THAT(MessageOf([&] { SchemaByName("face99"); }),
              ::testing::AllOf(::testing::HasSubstr("face99"),
                               ::testing::HasSubstr("ibug68, imm58 or nose1")));
}

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

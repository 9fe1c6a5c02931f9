#include "training/evaluation/reliability.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(ReliabilityOf, GathersPointsThatAreExpectedToBeEquallyFarOff) {
  std::vector<ExpectedPoint> points;
  for (int i = 0; i < 40; ++i) {
    const double expected = i % 2 == 0 ? 2.0 : 10.0;
    points.push_back({expected, i % 4 < 2 ? 0.5 * expected : 1.5 * expected, 0.9});
  }
  const auto bins = ReliabilityOf(points, 2);
  ASSERT_EQ(bins.size(), 2U);
  EXPECT_EQ(bins[0].points, 20U);
  EXPECT_DOUBLE_EQ(bins[0].expected_percent, 2.0);
  EXPECT_DOUBLE_EQ(bins[0].error_percent, 2.0);
  EXPECT_DOUBLE_EQ(bins[0].within_limit, 1.0);
  EXPECT_DOUBLE_EQ(bins[1].expected_percent, 10.0);
  EXPECT_DOUBLE_EQ(bins[1].error_percent, 10.0);
  EXPECT_DOUBLE_EQ(bins[1].within_limit, 0.5);
  EXPECT_NEAR(bins[1].confidence, 0.9, 1e-12);
}

TEST(ReliabilityOf, HasNoMoreBinsThanPoints) {
  EXPECT_EQ(ReliabilityOf({{1.0, 1.0, 1.0}, {2.0, 1.0, 1.0}}).size(), 2U);
  EXPECT_TRUE(ReliabilityOf({}).empty());
}

TEST(ReliabilityText, HasARowABin) {
  EXPECT_EQ(ReliabilityText({}), "");
  EXPECT_THAT(ReliabilityText({{680, 3.25, 3.5, 0.9, 0.88}}),
              HasSubstr("3.25     3.50       0.900"));
}

}  // namespace
}  // namespace nosetip

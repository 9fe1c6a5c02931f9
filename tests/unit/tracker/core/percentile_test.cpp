#include "tracker/core/percentile.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(Percentile, IsTheNearestRank) {
  std::vector<double> values(100);
  std::iota(values.rbegin(), values.rend(), 1.0);  // 100 ... 1
  EXPECT_EQ(Percentile(values, 50.0), 50.0);
  EXPECT_EQ(Percentile(values, 95.0), 95.0);
  EXPECT_EQ(Percentile(values, 99.0), 99.0);
  EXPECT_EQ(Percentile(values, 100.0), 100.0);
  EXPECT_EQ(Percentile({7.0, 3.0}, 99.0), 7.0);
  EXPECT_EQ(Percentile({7.0}, 0.0), 7.0);
  EXPECT_EQ(Percentile({}, 50.0), 0.0);
}

}  // namespace
}  // namespace nosetip

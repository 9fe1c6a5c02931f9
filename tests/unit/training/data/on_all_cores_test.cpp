#include "training/data/on_all_cores.h"

#include <atomic>
#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(OnAllCores, DoesEachOnceAndTellsHowFarItIs) {
  std::vector<std::atomic<int>> times(1000);
  std::vector<size_t> told;
  OnAllCores(
      times.size(), [&](size_t i) { ++times[i]; }, [&](size_t done) { told.push_back(done); });
  for (const auto& count : times) EXPECT_EQ(count, 1);
  ASSERT_GT(told.size(), 1U);
  EXPECT_TRUE(std::ranges::is_sorted(told));
  EXPECT_EQ(told.back(), 1000U);
  OnAllCores(
      0, [](size_t) { FAIL(); }, [](size_t) { FAIL(); });
}

TEST(OnAllCores, EndsWithWhatIsThrown) {
  std::atomic<int> done = 0;
  EXPECT_THROW(OnAllCores(
                   100000,
                   [&](size_t i) {
                     ++done;
                     if (i == 7) throw std::runtime_error("seven");
                   },
                   [](size_t) {}),
               std::runtime_error);
  EXPECT_LT(done, 50000);
  EXPECT_THROW(OnAllCores(
                   100000, [](size_t) {}, [](size_t) { throw std::runtime_error("stop"); }),
               std::runtime_error);
}

}  // namespace
}  // namespace nosetip

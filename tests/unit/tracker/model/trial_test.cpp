#include "tracker/model/trial.h"

#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::ElementsAre;

// A clock that stands still but for work, which takes as long as it is told.
class TrialTest : public ::testing::Test {
 protected:
  // Runs in order; each gives up where it is longer than its limit, as late as `late_ms`.
  double LeastMs(std::vector<double> runs_ms, double enough_ms = Trial::kNoLimit,
                 double late_ms = 0.0) {
    runs_ = 0;
    limits_ms_.clear();
    return trial_.LeastMs(
        [&](double limit_ms) {
          limits_ms_.push_back(limit_ms);
          const double ms = runs_ms.at(runs_++);
          const bool through = ms <= limit_ms;
          now_ms_ += through ? ms : limit_ms + late_ms;
          return through;
        },
        enough_ms);
  }

  double now_ms_ = 1000.0;
  size_t runs_ = 0;
  std::vector<double> limits_ms_;
  Trial trial_{[this] { return now_ms_; }};
};

TEST_F(TrialTest, IsThroughWhenARunIsAsFastAsTheLeast) {
  EXPECT_DOUBLE_EQ(LeastMs({100, 25, 26}), 25.0);
  EXPECT_EQ(runs_, 3U);
}

TEST_F(TrialTest, GoesOnWhileRunsDiffer) {
  EXPECT_DOUBLE_EQ(LeastMs({100, 36, 25, 38}), 25.0);
  EXPECT_EQ(runs_, 4U);
}

TEST_F(TrialTest, DoesNotTakeTheFirstRunForOneThatCounts) {
  EXPECT_DOUBLE_EQ(LeastMs({25, 25, 25}), 25.0);
  EXPECT_EQ(runs_, 3U);
}

TEST_F(TrialTest, LeavesTimeToPrepareEachWayOfWorking) {
  LeastMs({100, 25, 25});
  // Without it, a warm-up as long as the first one would be all that is measured.
  EXPECT_DOUBLE_EQ(LeastMs({90, 13, 13}, 75.0), 13.0);
  EXPECT_THAT(limits_ms_, ElementsAre(175.0, 85.0, 72.0));
}

TEST_F(TrialTest, GivesUpWorkThatTakesLong) {
  LeastMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(LeastMs({1500}, 75.0, /*late_ms=*/20.0), 195.0);
  EXPECT_EQ(runs_, 1U);
}

TEST_F(TrialTest, KeepsTheLeastWhereALaterRunIsGivenUp) {
  LeastMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(LeastMs({110, 40, 400}, 75.0), 40.0);
}

TEST_F(TrialTest, RunsNoMoreWhenItsTimeIsOver) {
  LeastMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(LeastMs({80, 95}, 75.0), 80.0);
  EXPECT_EQ(runs_, 2U);
}

TEST(Trial, TakesTheTimeOfTheClock) {
  EXPECT_GE(Trial().LeastMs([](double) { return true; }, Trial::kNoLimit), 0.0);
}

}  // namespace
}  // namespace nosetip

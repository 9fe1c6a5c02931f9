#include "tracker/model/cpu_tuning.h"

#include <stdexcept>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(ThreadChoice, TakesWhatIsWantedWithoutMeasuring) {
  ThreadChoice choice({3}, 8, [](int, double) -> double { throw std::logic_error("measured"); });
  EXPECT_EQ(choice.threads(), 3);
  EXPECT_EQ(choice.reason(), "as asked for");
  EXPECT_EQ(choice.picture_ms(), 0.0);
  for (int i = 0; i < 20; ++i) choice.ReportTime(1e6, 1);
  EXPECT_EQ(choice.threads(), 3);
}

TEST(ThreadChoice, TakesAllCoresWhereEachGains) {
  std::vector<int> tried;
  const ThreadChoice choice({0}, 6, [&](int threads, double) {
    tried.push_back(threads);
    return 12.0 / threads;
  });
  EXPECT_THAT(tried, ElementsAre(1, 2, 4, 6));
  EXPECT_EQ(choice.threads(), 6);
  EXPECT_EQ(choice.reason(), "6.0 times as fast as one at the start");
}

TEST(ThreadChoice, StopsWhereMoreGainLittle) {
  const ThreadChoice choice({0}, 64,
                            [](int threads, double) { return threads < 8 ? 12.0 / threads : 2.9; });
  EXPECT_EQ(choice.threads(), 4);
  EXPECT_EQ(choice.picture_ms(), 3.0);
  EXPECT_THAT(choice.reason(), HasSubstr("8 threads took 1.0 times as long"));
}

TEST(ThreadChoice, StaysWithOneOnABusyMachine) {
  const ThreadChoice choice({0}, 2,
                            [](int threads, double) { return threads == 1 ? 12.0 : 480.0; });
  EXPECT_EQ(choice.threads(), 1);
  EXPECT_EQ(choice.picture_ms(), 12.0);
  EXPECT_THAT(choice.reason(), HasSubstr("2 threads took over 40.0 times as long"));
}

TEST(ThreadChoice, DoesNotWaitForCountsThatAreSlow) {
  std::vector<double> enough_ms;
  const ThreadChoice choice({0}, 2, [&](int, double enough) {
    enough_ms.push_back(enough);
    return 12.0;
  });
  ASSERT_EQ(enough_ms.size(), 2U);
  EXPECT_GT(enough_ms[0], 1e9);
  EXPECT_DOUBLE_EQ(enough_ms[1], 36.0);
}

TEST(ThreadChoice, HalvesACountThatTurnsOutSlow) {
  ThreadChoice choice({0}, 4, [](int threads, double) { return 8.0 / threads; });
  for (int i = 0; i < 4; ++i) choice.ReportTime(100.0, 2);
  EXPECT_EQ(choice.threads(), 2);
  EXPECT_EQ(choice.reason(), "4 threads were too slow beside other work");
  for (int i = 0; i < 4; ++i) choice.ReportTime(100.0, 2);
  EXPECT_EQ(choice.threads(), 1);
  for (int i = 0; i < 4; ++i) choice.ReportTime(100.0, 2);
  EXPECT_EQ(choice.threads(), 1);
}

TEST(ThreadChoice, ForgivesSlowCallsThatAreFew) {
  ThreadChoice choice({0}, 4, [](int threads, double) { return 8.0 / threads; });
  for (int i = 0; i < 30; ++i) choice.ReportTime(i % 4 == 0 ? 10.0 : 100.0, 1);
  EXPECT_EQ(choice.threads(), 4);
  for (int i = 0; i < 30; ++i) choice.ReportTime(15.0 * 16, 16);  // many faces, but not slow ones
  EXPECT_EQ(choice.threads(), 4);
}

using ::testing::ElementsAre;

// A clock that stands still but for work, which takes as long as it is told.
class TrialTest : public ::testing::Test {
 protected:
  // Runs in order; each gives up where it is longer than its limit, as late as `late_ms`.
  double MinMs(std::vector<double> runs_ms, double enough_ms = Trial::kNoLimit,
               double late_ms = 0.0) {
    runs_ = 0;
    limits_ms_.clear();
    return trial_.MinMs(
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
  EXPECT_DOUBLE_EQ(MinMs({100, 25, 26}), 25.0);
  EXPECT_EQ(runs_, 3U);
}

TEST_F(TrialTest, GoesOnWhileRunsDiffer) {
  EXPECT_DOUBLE_EQ(MinMs({100, 36, 25, 38}), 25.0);
  EXPECT_EQ(runs_, 4U);
}

TEST_F(TrialTest, DoesNotTakeTheFirstRunForOneThatCounts) {
  EXPECT_DOUBLE_EQ(MinMs({25, 25, 25}), 25.0);
  EXPECT_EQ(runs_, 3U);
}

TEST_F(TrialTest, LeavesTimeToPrepareEachWayOfWorking) {
  MinMs({100, 25, 25});
  // Without it, a warm-up as long as the first one would be all that is measured.
  EXPECT_DOUBLE_EQ(MinMs({90, 13, 13}, 75.0), 13.0);
  EXPECT_THAT(limits_ms_, ElementsAre(175.0, 85.0, 72.0));
}

TEST_F(TrialTest, GivesUpWorkThatTakesLong) {
  MinMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(MinMs({1500}, 75.0, /*late_ms=*/20.0), 195.0);
  EXPECT_EQ(runs_, 1U);
}

TEST_F(TrialTest, KeepsTheLeastWhereALaterRunIsGivenUp) {
  MinMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(MinMs({110, 40, 400}, 75.0), 40.0);
}

TEST_F(TrialTest, RunsNoMoreWhenItsTimeIsOver) {
  MinMs({100, 25, 25});
  EXPECT_DOUBLE_EQ(MinMs({80, 95}, 75.0), 80.0);
  EXPECT_EQ(runs_, 2U);
}

TEST(Trial, TakesTheTimeOfTheClock) {
  EXPECT_GE(Trial().MinMs([](double) { return true; }, Trial::kNoLimit), 0.0);
}

}  // namespace

}  // namespace nosetip

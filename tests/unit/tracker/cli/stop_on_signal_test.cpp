#include "tracker/cli/stop_on_signal.h"

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// Returns when a stop is requested.
void Wait(const std::stop_token& token) {
  std::mutex mutex;
  std::condition_variable_any changed;
  std::unique_lock lock(mutex);
  changed.wait(lock, token, [] { return false; });
}

class StopOnSignalTest : public ::testing::TestWithParam<int> {};

TEST_P(StopOnSignalTest, RequestsAStopAtTheFirst) {
  std::atomic<int> told = 0;
  const StopOnSignal stop([&] { ++told; });
  EXPECT_FALSE(stop.token().stop_requested());
  std::raise(GetParam());
  Wait(stop.token());
  EXPECT_EQ(told, 1);
}

INSTANTIATE_TEST_SUITE_P(Signals, StopOnSignalTest, ::testing::Values(SIGINT, SIGTERM));

TEST(StopOnSignal, HearsASignalToAThreadThatIsOlder) {
  std::stop_source begin;
  std::thread older([token = begin.get_token()] {
    Wait(token);
    std::raise(SIGINT);
  });
  const StopOnSignal stop([] {});
  begin.request_stop();
  Wait(stop.token());
  older.join();
  EXPECT_TRUE(stop.token().stop_requested());
}

TEST(StopOnSignalDeathTest, EndsTheProgramAtTheSecond) {
  GTEST_FLAG_SET(death_test_style, "threadsafe");
  EXPECT_EXIT(
      {
        const StopOnSignal stop([] {});
        std::raise(SIGINT);
        Wait(stop.token());
        std::this_thread::sleep_for(std::chrono::milliseconds(350));
        std::raise(SIGINT);
      },
      ::testing::ExitedWithCode(130), "");
}

TEST(StopOnSignal, TakesTwoAtOnceForOne) {
  std::atomic<int> told = 0;
  const StopOnSignal stop([&] { ++told; });
  std::raise(SIGTERM);
  std::raise(SIGTERM);
  Wait(stop.token());
  EXPECT_EQ(told, 1);
}

}  // namespace
}  // namespace nosetip

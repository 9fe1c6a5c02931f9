#include "tracker/cli/bounded_queue.h"

#include <atomic>
#include <memory>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(BoundedQueue, GivesItemsInOrderAndThenNothing) {
  BoundedQueue<int> queue(2);
  std::jthread pushing([&] {
    for (int i = 0; i < 1000; ++i) EXPECT_TRUE(queue.Push(i));
    queue.Close();
  });
  std::vector<int> got;
  while (const auto item = queue.Pop()) got.push_back(*item);
  ASSERT_EQ(got.size(), 1000U);
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(got[static_cast<size_t>(i)], i);
  EXPECT_FALSE(queue.Pop());
}

TEST(BoundedQueue, HoldsNoMoreThanItsCapacity) {
  BoundedQueue<std::shared_ptr<int>> queue(2);
  std::atomic<int> pushed = 0;
  std::jthread pushing([&] {
    for (int i = 0; i < 50; ++i) {
      queue.Push(std::make_shared<int>(i));
      ++pushed;
    }
    queue.Close();
  });
  int taken = 0;
  while (const auto item = queue.Pop()) {
    ++taken;
    EXPECT_LE(pushed, taken + 2);
  }
  EXPECT_EQ(taken, 50);
}

TEST(BoundedQueue, FreesAWaitingPusherWhenAbandoned) {
  BoundedQueue<int> queue(1);
  ASSERT_TRUE(queue.Push(1));
  std::jthread pushing([&] { EXPECT_FALSE(queue.Push(2)); });
  queue.Abandon();
  pushing.join();
  EXPECT_FALSE(queue.Push(3));
  EXPECT_FALSE(queue.Pop());
}

}  // namespace
}  // namespace nosetip

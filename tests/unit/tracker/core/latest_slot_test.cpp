#include "tracker/core/latest_slot.h"

#include <thread>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(LatestSlot, TheNewestWinsAndWhatItReplacedIsCounted) {
  LatestSlot<int> slot;
  EXPECT_FALSE(slot.Put(1));
  EXPECT_TRUE(slot.Put(2));
  EXPECT_TRUE(slot.Put(3));
  EXPECT_EQ(slot.TryTake(), 3);
  EXPECT_EQ(slot.TryTake(), std::nullopt);
  EXPECT_FALSE(slot.Put(4));
  EXPECT_EQ(slot.replaced(), 2);
}

TEST(LatestSlot, TakeWaitsForAnItem) {
  LatestSlot<int> slot;
  std::optional<int> taken;
  std::jthread taker([&](const std::stop_token& stop) { taken = slot.Take(stop); });
  slot.Put(7);
  taker.join();
  EXPECT_EQ(taken, 7);
}

TEST(LatestSlot, AStopEndsTheWaitAndLeavesTheItem) {
  LatestSlot<int> slot;
  std::optional<int> taken = 1;
  std::jthread taker([&](const std::stop_token& stop) { taken = slot.Take(stop); });
  taker.request_stop();
  taker.join();
  EXPECT_EQ(taken, std::nullopt);
  slot.Put(5);
  EXPECT_EQ(slot.Take(taker.get_stop_token()), std::nullopt);
  EXPECT_EQ(slot.TryTake(), 5);
}

TEST(LatestSlot, CloseWakesWhoWaits) {
  LatestSlot<int> slot;
  std::optional<int> taken = 1;
  std::jthread taker([&](const std::stop_token& stop) { taken = slot.Take(stop); });
  slot.Close();
  taker.join();
  EXPECT_EQ(taken, std::nullopt);
}

TEST(LatestSlot, WhatLiesThereWhenItIsClosedCanBeTaken) {
  LatestSlot<int> slot;
  slot.Put(1);
  slot.Close();
  EXPECT_FALSE(slot.Put(2));
  EXPECT_FALSE(slot.PutAfterTaken(3, {}));
  EXPECT_EQ(slot.Take({}), 1);
  EXPECT_EQ(slot.Take({}), std::nullopt);
}

TEST(LatestSlot, PutAfterTakenLosesNothingAndKeepsOrder) {
  constexpr int kCount = 2000;
  LatestSlot<int> slot;
  std::jthread giver([&](const std::stop_token& stop) {
    for (int i = 0; i < kCount; ++i) slot.PutAfterTaken(i, stop);
    slot.Close();
  });
  std::vector<int> taken;
  while (const std::optional<int> item = slot.Take({})) taken.push_back(*item);
  ASSERT_EQ(taken.size(), static_cast<size_t>(kCount));
  for (int i = 0; i < kCount; ++i) EXPECT_EQ(taken[static_cast<size_t>(i)], i);
  EXPECT_EQ(slot.replaced(), 0);
}

TEST(LatestSlot, PutAfterTakenGivesUpAtAStop) {
  LatestSlot<int> slot;
  slot.Put(1);
  bool was_put = true;
  std::jthread giver([&](const std::stop_token& stop) { was_put = slot.PutAfterTaken(2, stop); });
  giver.request_stop();
  giver.join();
  EXPECT_FALSE(was_put);
  EXPECT_EQ(slot.TryTake(), 1);
  EXPECT_EQ(slot.TryTake(), std::nullopt);
}

}  // namespace
}  // namespace nosetip

#include "training/run/process_group.h"

#include <functional>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/free_port.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

// Threads stand for the processes.
void InAllProcesses(int size, const std::function<void(ProcessGroup&)>& work) {
  const uint16_t port = FreePort();
  std::vector<std::thread> processes;
  for (int rank = 0; rank < size; ++rank) {
    processes.emplace_back([&, rank] {
      ProcessPlace place;
      place.rank = rank;
      place.size = size;
      place.address = "127.0.0.1";
      place.port = port;
      ProcessGroup group(place, torch::kCPU);
      work(group);
    });
  }
  for (std::thread& process : processes) process.join();
}

TEST(ProcessGroup, SumsOverAllProcesses) {
  if (!CanConnectProcesses()) GTEST_SKIP() << "this build trains in one process";
  InAllProcesses(3, [](ProcessGroup& group) {
    const float rank = static_cast<float>(group.place().rank);
    const torch::Tensor matrix = torch::full({2, 3}, rank);
    const torch::Tensor number = torch::full({}, 1.0F);
    // As gradients are after channels-last convolutions.
    const torch::Tensor turned = torch::arange(6.0F).view({2, 3}).t();
    group.Sum({matrix, number, turned});
    EXPECT_TRUE(matrix.equal(torch::full({2, 3}, 3.0F)));
    EXPECT_EQ(number.item<float>(), 3.0F);
    EXPECT_TRUE(turned.equal(3.0F * torch::arange(6.0F).view({2, 3}).t()));
  });
}

TEST(ProcessGroup, TakesTheTensorsOfTheFirst) {
  if (!CanConnectProcesses()) GTEST_SKIP() << "this build trains in one process";
  InAllProcesses(2, [](ProcessGroup& group) {
    const torch::Tensor weights = torch::full({4}, 7.0F + static_cast<float>(group.place().rank));
    group.TakeFromFirst({weights});
    EXPECT_TRUE(weights.equal(torch::full({4}, 7.0F)));
  });
}

TEST(ProcessGroup, SaysThatAnotherProcessHasEnded) {
  if (!CanConnectProcesses()) GTEST_SKIP() << "this build trains in one process";
  InAllProcesses(2, [](ProcessGroup& group) {
    if (!group.place().IsFirst()) return;
    try {
      group.Sum({torch::ones({4})});
      FAIL() << "no error";
    } catch (const Error& error) {
      EXPECT_THAT(error.what(), ::testing::HasSubstr("another process of the training has ended"));
    }
  });
}

TEST(ProcessGroup, OfOneProcessDoesNothing) {
  ProcessGroup group(ProcessPlace{}, torch::kCPU);
  const torch::Tensor tensor = torch::ones({2});
  group.Sum({tensor});
  group.TakeFromFirst({tensor});
  EXPECT_FALSE(group.HasOthers());
  EXPECT_TRUE(tensor.equal(torch::ones({2})));
}

TEST(PartOfBatch, GivesEachPlaceToOneProcess) {
  const torch::Tensor order = torch::arange(20, torch::kInt64);
  std::vector<torch::Tensor> parts;
  for (int rank = 0; rank < 3; ++rank) {
    ProcessPlace place;
    place.rank = rank;
    place.size = 3;
    parts.push_back(PartOfBatch(order, 7, 14, place));
    EXPECT_GE(parts.back().numel(), 2);
  }
  const torch::Tensor all = std::get<0>(torch::cat(parts).sort());
  EXPECT_TRUE(all.equal(torch::arange(7, 14, torch::kInt64)));
}

}  // namespace
}  // namespace nosetip

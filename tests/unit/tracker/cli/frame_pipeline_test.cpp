#include "tracker/cli/frame_pipeline.h"

#include <atomic>
#include <chrono>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

// Stages that note what they get: frames of ids 0 ... frames - 1.
class RunFramesTest : public ::testing::Test {
 protected:
  RunFramesTest() {
    stages_.read = [this]() -> FramePtr {
      if (read_ == frames_) return nullptr;
      auto frame = std::make_shared<Frame>();
      frame->id = read_++;
      return frame;
    };
    stages_.search = [](const Frame& frame) -> FrameStages::Found {
      if (frame.id % 3 != 0) return std::nullopt;
      return std::vector{FaceBox{{}, static_cast<float>(frame.id)}};
    };
    stages_.track = [this](const Frame& frame, const FrameStages::Found& found) {
      EXPECT_EQ(found ? found->at(0).score : -1.0F,
                frame.id % 3 == 0 ? static_cast<float>(frame.id) : -1.0F);
      tracked_.push_back(frame.id);
      TrackResult result;
      result.frame_id = frame.id;
      return result;
    };
    stages_.draw = [this](const Frame& frame, const TrackResult& result) {
      EXPECT_EQ(frame.id, result.frame_id);
      if (frame.id == bad_drawing_) throw std::runtime_error("bad drawing");
      return std::optional<Image>(Image(static_cast<int>(frame.id) + 1, 1));
    };
    stages_.write = [this](const Frame& frame, const TrackResult& result,
                           const std::optional<Image>& drawn) {
      if (frame.id == bad_writing_) throw std::runtime_error("bad writing");
      EXPECT_EQ(frame.id, result.frame_id);
      EXPECT_EQ(drawn.value().width_px, frame.id + 1);
      written_.push_back(frame.id);
    };
  }

  std::string ErrorOf() {
    try {
      RunFrames(stages_, stop_.get_token());
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "";
  }

  FrameStages stages_;
  std::stop_source stop_;
  int64_t frames_ = 200;
  int64_t read_ = 0;
  int64_t bad_drawing_ = -1;
  int64_t bad_writing_ = -1;
  std::vector<int64_t> tracked_;
  std::vector<int64_t> written_;
};

TEST_F(RunFramesTest, TakesAllFramesThroughAllStagesInOrder) {
  EXPECT_EQ(ErrorOf(), "");
  ASSERT_THAT(written_, SizeIs(200));
  for (int64_t i = 0; i < 200; ++i) {
    EXPECT_EQ(tracked_[static_cast<size_t>(i)], i);
    EXPECT_EQ(written_[static_cast<size_t>(i)], i);
  }
}

TEST_F(RunFramesTest, TracksOnTheCallersThread) {
  const auto here = std::this_thread::get_id();
  stages_.track = [&](const Frame&, const FrameStages::Found&) {
    EXPECT_EQ(std::this_thread::get_id(), here);
    return TrackResult{};
  };
  frames_ = 1;
  EXPECT_EQ(ErrorOf(), "");
}

TEST_F(RunFramesTest, WritesWhatWasTrackedBeforeAStop) {
  const auto track = stages_.track;
  stages_.track = [&](const Frame& frame, const FrameStages::Found& found) {
    if (frame.id == 2) stop_.request_stop();
    return track(frame, found);
  };
  EXPECT_EQ(ErrorOf(), "");
  EXPECT_THAT(written_, ElementsAre(0, 1, 2));
  EXPECT_LT(read_, 20);
}

TEST_F(RunFramesTest, WritesWhatIsAheadOfAnErrorAndNothingBehindIt) {
  bad_drawing_ = 5;
  EXPECT_EQ(ErrorOf(), "bad drawing");
  EXPECT_THAT(written_, ElementsAre(0, 1, 2, 3, 4));
  EXPECT_LT(tracked_.size(), 30U);
}

TEST_F(RunFramesTest, ThrowsTheFirstError) {
  bad_writing_ = 3;
  const auto track = stages_.track;
  stages_.track = [&](const Frame& frame, const FrameStages::Found& found) {
    if (frame.id == 100) throw std::runtime_error("bad tracking");
    return track(frame, found);
  };
  EXPECT_EQ(ErrorOf(), "bad writing");
  EXPECT_THAT(written_, ElementsAre(0, 1, 2));
  EXPECT_LT(read_, 30);
}

TEST_F(RunFramesTest, EndsWithAReaderThatFails) {
  const auto read = stages_.read;
  stages_.read = [&] {
    if (read_ == 4) throw std::runtime_error("bad reading");
    return read();
  };
  EXPECT_EQ(ErrorOf(), "bad reading");
  EXPECT_THAT(written_, ElementsAre(0, 1, 2, 3));
}

TEST_F(RunFramesTest, SearchesWhileAFrameBeforeIsTracked) {
  std::promise<void> searched;
  const auto search = stages_.search;
  stages_.search = [&](const Frame& frame) {
    if (frame.id == 1) searched.set_value();
    return search(frame);
  };
  const auto track = stages_.track;
  stages_.track = [&](const Frame& frame, const FrameStages::Found& found) {
    if (frame.id == 0) {
      EXPECT_EQ(searched.get_future().wait_for(std::chrono::seconds(20)),
                std::future_status::ready);
    }
    return track(frame, found);
  };
  EXPECT_EQ(ErrorOf(), "");
}

TEST_F(RunFramesTest, EndsWithASearchThatFails) {
  stages_.search = [](const Frame& frame) -> FrameStages::Found {
    if (frame.id == 3) throw std::runtime_error("bad search");
    return std::nullopt;
  };
  stages_.track = [](const Frame& frame, const FrameStages::Found&) {
    TrackResult result;
    result.frame_id = frame.id;
    return result;
  };
  EXPECT_EQ(ErrorOf(), "bad search");
  EXPECT_THAT(written_, ElementsAre(0, 1, 2));
}

TEST_F(RunFramesTest, HasNothingToDoWithoutFrames) {
  frames_ = 0;
  EXPECT_EQ(ErrorOf(), "");
  EXPECT_THAT(written_, SizeIs(0));
}

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

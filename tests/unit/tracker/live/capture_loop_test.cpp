#include "tracker/live/capture_loop.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

const FramePacer::TimePoint kStart{seconds(1000)};

TEST(FramePacer, FramesAreDueByTheirTimestampsFromTheFirstOneOn) {
  FramePacer pacer;
  EXPECT_EQ(pacer.DueAt(0.5, kStart), kStart);
  EXPECT_EQ(pacer.DueAt(0.54, kStart + milliseconds(1)), kStart + milliseconds(40));
  EXPECT_EQ(pacer.DueAt(2.5, kStart + milliseconds(41)), kStart + seconds(2));
}

TEST(FramePacer, CatchesUpWithASmallLag) {
  FramePacer pacer;
  pacer.DueAt(0.0, kStart);
  pacer.DueAt(0.04, kStart + milliseconds(90));
  EXPECT_EQ(pacer.DueAt(0.08, kStart + milliseconds(95)), kStart + milliseconds(80));
}

TEST(FramePacer, ALargeLagDelaysAllThatFollows) {
  FramePacer pacer;
  pacer.DueAt(0.0, kStart);
  EXPECT_EQ(pacer.DueAt(0.25, kStart + seconds(5)), kStart + seconds(5));
  EXPECT_EQ(pacer.DueAt(0.5, kStart + seconds(5)), kStart + milliseconds(5250));
}

TEST(FramePacer, StartsAnewWhereItIsTold) {
  FramePacer pacer;
  pacer.DueAt(0.0, kStart);
  pacer.Restart();
  EXPECT_EQ(pacer.DueAt(9.0, kStart + milliseconds(1)), kStart + milliseconds(1));
  pacer.RestartAt(kStart + seconds(3));
  EXPECT_EQ(pacer.DueAt(0.0, kStart + seconds(1)), kStart + seconds(3));
}

}  // namespace
}  // namespace nosetip

#include "tracker/stream/streams.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(Streams, SendAnyPointsAsOscOnly) {
  EXPECT_THAT(MessageOf([] { Streams({.vmc = "127.0.0.1:9"}, Imm58()); }),
              HasSubstr("--vmc needs a head pose"));
  Streams streams({.osc = "127.0.0.1:9"}, Nose1());
  TrackResult result;
  result.faces.emplace_back().landmarks.points_px = {{1, 2}};
  streams.Offer(nullptr, result, "a.png");
  EXPECT_THAT(streams.Finish(), ElementsAre("--osc 127.0.0.1:9: 1 frames sent, 0 dropped"));
}

TEST(StreamOptions, AreChecked) {
  EXPECT_FALSE(StreamOptions{}.Any());
  EXPECT_THAT(MessageOf([] { CheckStreams({.opentrack = "here"}); }),
              HasSubstr("--opentrack is 'here'"));
}

}  // namespace
}  // namespace nosetip

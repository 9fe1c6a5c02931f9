#include "tracker/core/region.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TEST(Region, OfPixelsIsThatPartOfTheFrame) {
  EXPECT_EQ(RegionIn(ParseRegion("100,50,64,48"), {640, 480}), (RectF{99.5F, 49.5F, 64, 48}));
  EXPECT_EQ(RegionIn(ParseRegion("0,0,1,1"), {640, 480}), (RectF{-0.5F, -0.5F, 1, 1}));
}

TEST(Region, OfPercentFollowsTheFramesSize) {
  EXPECT_EQ(RegionIn(ParseRegion("25%,0%,50%,100%"), {640, 480}), (RectF{159.5F, -0.5F, 320, 480}));
  EXPECT_EQ(RegionIn(ParseRegion("25%,0%,50%,100%"), {64, 30}), (RectF{15.5F, -0.5F, 32, 30}));
  EXPECT_EQ(RegionIn(ParseRegion("10,12.5%,100%,20"), {64, 80}), (RectF{9.5F, 9.5F, 54, 20}));
}

TEST(Region, EndsAtTheFramesEdge) {
  EXPECT_EQ(RegionIn(ParseRegion("600,400,1000,1000"), {640, 480}),
            (RectF{599.5F, 399.5F, 40, 80}));
}

TEST(Region, IsTheWholeFrameWhereNoneIsNamed) {
  EXPECT_FALSE(ParseRegion(""));
  EXPECT_EQ(RegionIn(std::nullopt, {640, 480}), (RectF{-0.5F, -0.5F, 640, 480}));
}

TEST(Region, OutsideTheFrameIsAnErrorWithTheFramesSize) {
  for (const char* text : {"640,0,10,10", "0,900,10,10", "100%,0%,50%,50%", "0,0,0.1,0.1"}) {
    EXPECT_THAT(MessageOf([&] {
                  RegionIn(ParseRegion(text), {640, 480});
                }),
                HasSubstr("no pixel of a frame of 640x480 pixels"))
        << text;
  }
}

TEST(Region, ThatCannotBeReadIsAnErrorWithExamples) {
  for (const char* text :
       {"here", "1,2,3", "1,2,3,4,5", "1,2,3,4,", "1,,3,4", "1;2;3;4", "-1,0,10,10", "0,0,10,-10",
        "0%,0%,101%,10%", "0,0,1e9,10", "nan,0,10,10", "inf,0,10,10", "0,0,10px,10", "%,0,10,10"}) {
    EXPECT_THAT(MessageOf([&] { ParseRegion(text); }), HasSubstr("give X,Y,WIDTH,HEIGHT")) << text;
  }
  EXPECT_THAT(MessageOf([] { ParseRegion("5,5,0,10"); }), HasSubstr("above 0"));
  EXPECT_THAT(MessageOf([] { ParseRegion("5,5,10,0%"); }), HasSubstr("above 0"));
}

}  // namespace
}  // namespace nosetip

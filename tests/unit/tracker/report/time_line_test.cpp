#include "tracker/report/time_line.h"

#include <algorithm>
#include <cmath>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

struct Series {
  std::vector<double> time_s;
  std::vector<float> values;

  TimeLine Line() const { return {"A & B", time_s, values, 0.0, 10.0, 0.0F, 1.0F, {}}; }
};

Series Frames(int count, double rate_hz) {
  Series series;
  for (int i = 0; i < count; ++i) {
    series.time_s.push_back(i / rate_hz);
    series.values.push_back(static_cast<float>(0.5 + 0.5 * std::sin(i)));
  }
  return series;
}

TEST(TimeLineSvg, PlacesValuesInTimeAndHeight) {
  const Series series{{0.0, 0.4, 0.8}, {0.0F, 1.0F, 0.5F}};
  const std::string svg = TimeLineSvg(series.Line());
  EXPECT_THAT(svg, HasSubstr("M0.0 96.0L40.0 4.0L80.0 50.0"));
  EXPECT_THAT(svg, HasSubstr("aria-label=\"A &amp; B\""));
  EXPECT_THAT(svg, Not(HasSubstr("zero")));
}

TEST(TimeLineSvg, BreaksWhereThereAreNoFrames) {
  const Series series{{0.0, 0.4, 5.0, 5.4, 9.0}, {0.0F, 0.0F, 1.0F, 1.0F, 0.0F}};
  EXPECT_THAT(TimeLineSvg(series.Line()),
              HasSubstr("M0.0 96.0L40.0 96.0M500.0 4.0L540.0 4.0M900.0 96.0h2"));
}

TEST(TimeLineSvg, MarksBlinksAndZero) {
  const Series series = Frames(100, 25.0);
  const std::vector<Blink> blinks = {{1.0, 1.2, 1.0F}, {3.0, 3.001, 1.0F}};
  TimeLine line = series.Line();
  line.blinks = blinks;
  line.low = -1.0F;
  const std::string svg = TimeLineSvg(line);
  EXPECT_THAT(svg, HasSubstr("class=\"blink\" d=\"M100.0 0h20.0v100h-20.0z\""));
  EXPECT_THAT(svg, HasSubstr("M300.0 0h2.0v100"));
  EXPECT_THAT(svg, HasSubstr("class=\"zero\" d=\"M0 50.0H1000\""));
}

TEST(TimeLineSvg, StaysSmallAndKeepsPeaksOfALongClip) {
  Series series = Frames(100000, 10000.0);
  std::fill(series.values.begin(), series.values.end(), 0.5F);
  series.values[51234] = 1.0F;
  const std::string svg = TimeLineSvg(series.Line());
  EXPECT_LT(svg.size(), 30000U);
  EXPECT_THAT(svg, HasSubstr(" 4.0L"));
}

}  // namespace
}  // namespace nosetip

#include "tracker/measure/sensor_noise.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

Frame Plain(int64_t id, uint8_t level) {
  Frame frame;
  frame.id = id;
  frame.pts_s = 0.5;
  frame.image = Image(160, 120);
  std::fill(frame.image.rgb.begin(), frame.image.rgb.end(), level);
  return frame;
}

TEST(SensorNoise, HasTheDeviationThatIsAskedFor) {
  for (const double deviation : {2.0, 8.0, 20.0}) {
    const FramePtr noisy = WithSensorNoise(Plain(3, 128), deviation);
    double sum = 0.0;
    double squares = 0.0;
    for (const uint8_t level : noisy->image.rgb) {
      sum += level - 128.0;
      squares += (level - 128.0) * (level - 128.0);
    }
    const auto n = static_cast<double>(noisy->image.rgb.size());
    EXPECT_NEAR(sum / n, 0.0, 0.02 * deviation);
    EXPECT_NEAR(std::sqrt(squares / n - 1.0 / 12.0), deviation, 0.02 * deviation);  // of rounding
  }
}

TEST(SensorNoise, IsTheSameEveryTimeAndNewInEachFrame) {
  const auto noisy = [](int64_t id) { return WithSensorNoise(Plain(id, 128), 8.0)->image.rgb; };
  EXPECT_EQ(noisy(17), noisy(17));
  EXPECT_NE(noisy(17), noisy(18));
}

TEST(SensorNoise, KeepsTheRestOfTheFrameAndTheFrameItself) {
  const Frame frame = Plain(5, 250);
  const FramePtr noisy = WithSensorNoise(frame, 30.0);
  EXPECT_EQ(noisy->id, 5);
  EXPECT_EQ(noisy->pts_s, 0.5);
  EXPECT_EQ(noisy->image.width_px, 160);
  EXPECT_EQ(frame.image.rgb, Plain(5, 250).image.rgb);
  EXPECT_EQ(std::ranges::max(noisy->image.rgb), 255);  // and no wrapping around to dark
  EXPECT_GT(std::ranges::min(noisy->image.rgb), 100);
}

}  // namespace
}  // namespace nosetip

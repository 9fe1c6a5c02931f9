#include "tracker/measure/sensor_noise.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <random>

namespace nosetip {

FramePtr WithSensorNoise(const Frame& frame, double deviation) {
  auto noisy = std::make_shared<Frame>(frame);
  std::mt19937 random(static_cast<uint32_t>(frame.id));
  std::normal_distribution<float> noise(0.0F, static_cast<float>(deviation));
  for (uint8_t& level : noisy->image.rgb) {
    const float seen = static_cast<float>(level) + noise(random);
    level = static_cast<uint8_t>(std::clamp(std::lround(seen), 0L, 255L));
  }
  return noisy;
}

}  // namespace nosetip

// Random numbers that are the same with every standard library, unlike the std distributions.
#pragma once

#include <cmath>
#include <cstdint>
#include <random>

namespace nosetip {

class SceneRandom {
 public:
  explicit SceneRandom(uint64_t seed) : engine_(seed) {}

  // 0 to 1, below 1.
  float Unit() { return static_cast<float>(engine_() >> 40U) * 0x1p-24F; }
  float Uniform(float low, float high) { return low + (high - low) * Unit(); }
  // Each factor is as likely as another: as many values from 10 to 20 as from 20 to 40.
  float LogUniform(float low, float high) { return low * std::exp(std::log(high / low) * Unit()); }
  // About normal, within 3.5 sigma.
  float Bell(float sigma) {
    float sum = -2.0F;
    for (int i = 0; i < 4; ++i) sum += Unit();
    return sigma * std::sqrt(3.0F) * sum;
  }
  bool Chance(float probability) { return Unit() < probability; }
  // 0 to count - 1.
  int Below(int count) { return static_cast<int>(engine_() % static_cast<uint64_t>(count)); }
  uint8_t Byte() { return static_cast<uint8_t>(engine_() >> 56U); }

 private:
  std::mt19937_64 engine_;
};

}  // namespace nosetip

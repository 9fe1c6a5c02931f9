// A low-pass filter that follows fast signals closely and calms slow ones.
#pragma once

#include <cmath>
#include <numbers>

namespace nosetip {

struct OneEuroSettings {
  double least_cutoff_hz = 1.0;   // of a signal at rest: lower is calmer
  double cutoff_per_speed = 0.0;  // added for each unit a second that the signal moves
};

// Casiez, Roussel, Vogel, "1 euro filter", CHI 2012. The first value passes as it is.
class OneEuroFilter {
 public:
  // `seconds` since the value before, above 0.
  double Filter(double value, double seconds, const OneEuroSettings& settings) {
    if (!started_) {
      started_ = true;
      return value_ = value;
    }
    constexpr double kSpeedCutoffHz = 1.0;  // the paper's
    const double speed = (value - value_) / seconds;
    speed_ += Weight(kSpeedCutoffHz, seconds) * (speed - speed_);
    const double cutoff_hz =
        settings.least_cutoff_hz + settings.cutoff_per_speed * std::abs(speed_);
    value_ += Weight(cutoff_hz, seconds) * (value - value_);
    return value_;
  }

 private:
  // How much of a new value counts.
  static double Weight(double cutoff_hz, double seconds) {
    const double turns = 2.0 * std::numbers::pi * cutoff_hz * seconds;
    return turns / (1.0 + turns);
  }

  bool started_ = false;
  double value_ = 0.0;
  double speed_ = 0.0;
};

}  // namespace nosetip

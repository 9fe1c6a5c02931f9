// Finds blinks in how far the eyes are open.
#pragma once

#include <optional>

#include "tracker/core/face_signals.h"

namespace nosetip {

// A blink begins where the openness falls below a half and ends where it is above a half again, if
// it then reaches 0.6. It takes 0.03 to 0.5 s. A longer one, of up to 1.5 s, must get below 0.25:
// eyes that are half open for longer are narrowed or look down, and eyes that are shut for longer
// rest. Times lie between frames, so they hardly depend on the frame rate; at less than 15 frames/s
// short blinks fall between two frames.
class BlinkDetector {
 public:
  static constexpr double kHalfOpen = 0.5;

  // In the order of time; `openness` is 0 for shut eyes and 1 for eyes that are as open as usual.
  // Returns the blink that ends with this frame; its depth is more than 1 where the openness was
  // below 0. A gap of more than 0.5 s ends what has begun.
  std::optional<Blink> Step(double time_s, double openness);

 private:
  struct Sample {
    double time_s = 0.0;
    double openness = 0.0;
  };
  // Where the line between two samples crosses a half.
  static double Crossing(const Sample& from, const Sample& to);

  std::optional<Sample> last_;
  std::optional<double> start_s_;  // of a blink that has begun
  double end_s_ = 0.0;
  double lowest_ = 0.0;
};

}  // namespace nosetip

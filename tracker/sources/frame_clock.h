// Makes sense of a source's timestamps.
#pragma once

#include <cmath>
#include <optional>

namespace nosetip {

// Gives each frame its time since the first one. The source's own time is taken as long as it
// grows; where it is missing (raw H.264 has none) or stands still, one nominal frame is added.
class FrameClock {
 public:
  explicit FrameClock(double frame_rate_hz = 0.0)
      : frame_s_(1.0 / (frame_rate_hz > 0.0 ? frame_rate_hz : kUnknownRateHz)) {}

  double TimeOf(double source_s) {
    // OpenCV measures from the start of the stream, so a negative time is the decoding time that
    // it falls back to for a first frame with reordered ones behind it.
    const double known_s = std::isfinite(source_s) && source_s > 0.0 ? source_s : 0.0;
    if (!first_s_) {
      first_s_ = known_s;
      return 0.0;
    }
    const double since_first_s = known_s - *first_s_;
    last_s_ = since_first_s > last_s_ ? since_first_s : last_s_ + frame_s_;
    return last_s_;
  }

 private:
  static constexpr double kUnknownRateHz = 25.0;

  double frame_s_;
  std::optional<double> first_s_;
  double last_s_ = 0.0;
};

}  // namespace nosetip

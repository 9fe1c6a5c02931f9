// How fast the live view is.
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <vector>

#include "tracker/live/live_status.h"

namespace nosetip {

// The latest values of one measure.
class Measure {
 public:
  explicit Measure(size_t most = 240) : most_(most) {}

  void Add(double value);
  // p 0 to 1; 0 where there are no values.
  double Percentile(double p) const;
  // From the oldest on.
  std::vector<float> Values() const;
  size_t Count() const { return values_.size(); }
  void Clear();

 private:
  size_t most_;
  size_t next_ = 0;
  std::vector<float> values_;  // a ring once it is full
};

class PerformanceMeter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A frame that is on the screen for the first time, `shown_at` being after the buffers were
  // swapped.
  void AddShown(const LiveFrame& frame, TimePoint shown_at);
  // A drawn frame of the window.
  void AddDrawn(double draw_ms) { draw_ms_.Add(draw_ms); }
  // The first points of all were drawn, so long after the window had opened.
  void SetFirstPoints(double seconds) { first_points_s_ = seconds; }
  const std::optional<double>& first_points_s() const { return first_points_s_; }
  // Another source has other figures.
  void Clear();

  const Measure& interval_ms() const { return interval_ms_; }  // between frames that are new
  const Measure& latency_ms() const { return latency_ms_; }    // from capture to screen
  const Measure& detect_ms() const { return detect_ms_; }
  const Measure& landmark_ms() const { return landmark_ms_; }
  const Measure& draw_ms() const { return draw_ms_; }
  // New frames on the screen a second, over the latest ones; 0 where there are too few.
  double FrameRateHz() const;
  // Results that a newer one replaced before they could be drawn.
  int64_t NotShown() const { return not_shown_; }

 private:
  Measure interval_ms_, latency_ms_, detect_ms_, landmark_ms_, draw_ms_;
  TimePoint last_shown_;
  int64_t last_index_ = -1;
  int64_t not_shown_ = 0;
  std::optional<double> first_points_s_;
};

}  // namespace nosetip

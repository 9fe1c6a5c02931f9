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
  explicit Measure(size_t max_values = 240) : max_values_(max_values) {}

  void Add(double value);
  // p from 0 to 1; 0 where there are no values.
  double Percentile(double p) const;
  // Oldest first.
  std::vector<float> Values() const;
  size_t Count() const { return values_.size(); }
  void Clear();

 private:
  size_t max_values_;
  size_t next_ = 0;
  std::vector<float> values_;  // a ring once it is full
};

class PerformanceMeter {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A frame was shown for the first time; `shown_at` is when the buffers were swapped.
  void AddShown(const LiveFrame& frame, TimePoint shown_at);
  // One frame of the window was drawn.
  void AddDrawn(double draw_ms) { draw_ms_.Add(draw_ms); }
  // The first points were drawn, this long after the window had opened.
  void SetFirstPoints(double seconds) { first_points_s_ = seconds; }
  const std::optional<double>& first_points_s() const { return first_points_s_; }
  // For a new source; the time of the first points stays.
  void Clear();

  const Measure& interval_ms() const { return interval_ms_; }  // between new frames
  const Measure& latency_ms() const { return latency_ms_; }    // from capture to screen
  const Measure& detect_ms() const { return detect_ms_; }
  const Measure& landmark_ms() const { return landmark_ms_; }
  const Measure& draw_ms() const { return draw_ms_; }
  // New frames per second on the screen, over the latest ones; 0 where there are too few.
  double FrameRateHz() const;

 private:
  Measure interval_ms_, latency_ms_, detect_ms_, landmark_ms_, draw_ms_;
  TimePoint last_shown_;
  bool has_shown_ = false;
  std::optional<double> first_points_s_;
};

}  // namespace nosetip

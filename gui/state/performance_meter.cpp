#include "gui/state/performance_meter.h"

#include <algorithm>
#include <cmath>

namespace nosetip {

void Measure::Add(double value) {
  const auto v = static_cast<float>(value);
  if (values_.size() < max_values_) {
    values_.push_back(v);
    return;
  }
  values_[next_] = v;
  next_ = (next_ + 1) % max_values_;
}

double Measure::Percentile(double p) const {
  if (values_.empty()) return 0.0;
  std::vector<float> sorted = values_;
  const auto rank = static_cast<size_t>(std::lround(p * static_cast<double>(sorted.size() - 1)));
  std::nth_element(sorted.begin(), sorted.begin() + static_cast<std::ptrdiff_t>(rank),
                   sorted.end());
  return static_cast<double>(sorted[rank]);
}

std::vector<float> Measure::Values() const {
  std::vector<float> values = values_;
  std::rotate(values.begin(), values.begin() + static_cast<std::ptrdiff_t>(next_), values.end());
  return values;
}

void Measure::Clear() {
  values_.clear();
  next_ = 0;
}

void PerformanceMeter::AddShown(const LiveFrame& frame, TimePoint shown_at) {
  const auto ms = [](auto duration) {
    return std::chrono::duration<double, std::milli>(duration).count();
  };
  if (has_shown_) interval_ms_.Add(ms(shown_at - last_shown_));
  has_shown_ = true;
  last_shown_ = shown_at;
  latency_ms_.Add(ms(shown_at - frame.captured_at));
  detect_ms_.Add(frame.result.timings.detect_ms);
  landmark_ms_.Add(frame.result.timings.landmark_ms);
}

void PerformanceMeter::Clear() {
  const std::optional<double> first_points_s = first_points_s_;
  *this = PerformanceMeter();
  first_points_s_ = first_points_s;
}

double PerformanceMeter::FrameRateHz() const {
  const std::vector<float> intervals = interval_ms_.Values();
  constexpr size_t kLatest = 60;
  const size_t count = std::min(intervals.size(), kLatest);
  if (count < 5) return 0.0;
  double sum_ms = 0.0;
  for (size_t i = intervals.size() - count; i < intervals.size(); ++i) {
    sum_ms += static_cast<double>(intervals[i]);
  }
  return sum_ms > 0.0 ? 1000.0 * static_cast<double>(count) / sum_ms : 0.0;
}

}  // namespace nosetip

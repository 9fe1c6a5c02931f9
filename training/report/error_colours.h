// Colours of errors, the same in all drawings of a report. Only for .cpp files of this room.
#pragma once

#include <algorithm>
#include <span>

#include <opencv2/core.hpp>

namespace nosetip {

struct ErrorRange {
  double low = 0.0;
  double high = 0.0;  // above low
};

// From the smallest to the largest error, or from zero where they are all one.
inline ErrorRange RangeOfErrors(std::span<const double> errors) {
  const auto [low, high] = std::minmax_element(errors.begin(), errors.end());
  if (*high > *low) return {*low, *high};
  return {0.0, *high > 0.0 ? *high : 1.0};
}

// RGB, from blue over violet to orange: told apart also by those who do not see red or green, and
// dark enough for white paper.
inline cv::Scalar ErrorColour(double error, const ErrorRange& range) {
  static const cv::Vec3d kStops[] = {{36, 72, 190}, {140, 40, 170}, {220, 60, 90}, {245, 150, 20}};
  const double t = 3.0 * std::clamp((error - range.low) / (range.high - range.low), 0.0, 1.0);
  const int i = std::min(2, static_cast<int>(t));
  const cv::Vec3d c = kStops[i] + (t - i) * (kStops[i + 1] - kStops[i]);
  return {c[0], c[1], c[2]};
}

}  // namespace nosetip

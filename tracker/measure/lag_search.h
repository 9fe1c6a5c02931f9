// By how many frames something runs behind.
#pragma once

#include <cstddef>
#include <limits>

namespace nosetip {

// A lag is told by fast frames alone: eye distances that the face's centre moves since the frame
// before.
inline constexpr float kFastPerFrame = 0.04F;
inline constexpr size_t kLongestLag = 4;  // frames; shorter than this

// The lag in frames, from `shortest` on, at which `misfit_at(lag)` is least.
template <typename MisfitAt>
double LagOfLeast(double shortest, const MisfitAt& misfit_at) {
  constexpr int kStepsPerFrame = 50;
  const auto first = static_cast<int>(shortest * kStepsPerFrame);
  double best = shortest;
  double least = std::numeric_limits<double>::infinity();
  for (int step = first; step < static_cast<int>(kLongestLag) * kStepsPerFrame; ++step) {
    const double lag = static_cast<double>(step) / kStepsPerFrame;
    const double misfit = misfit_at(lag);
    if (misfit >= least) continue;
    least = misfit;
    best = lag;
  }
  return best;
}

}  // namespace nosetip

// How steady and how prompt a track of a face is, measured on the track itself.
#pragma once

#include <cstddef>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct Stability {
  int frames = 0;  // in which the face was followed
  // Of moments of 15 frames in which the face holds still: the root mean square distance of the
  // points from their course, once the similarity that brings each frame closest to their mean is
  // taken away. The course of a point is the straight line that fits best, so that a face which
  // slowly turns is none the worse. The median over such moments, in percent of the outer-eye
  // distance; blinks and speech are in it. Nothing where the face never held still.
  std::optional<double> jitter_percent;
  // The same over the points of each of the schema's parts, in their order; speech is in the mouth.
  std::vector<double> part_jitter_percent;  // empty where the face never held still
  int still_moments = 0;
  // Of frames in which the face moves fast: by how many frames `track` runs behind `reference`, the
  // shift at which the two fit best. Nothing where it never moved fast.
  std::optional<double> lag_frames;
  int fast_frames = 0;
};

// `track` and `reference` are the results of the same frames, with and without smoothing; the face
// is that of the lowest id in each frame, and a change of id starts anew. What is still and what is
// fast is told by the reference. The schema must have eye corners.
Stability MeasureStability(std::span<const TrackResult> track,
                           std::span<const TrackResult> reference, const LandmarkSchema& schema);

// By how many frames something runs behind.

// A lag is told by fast frames alone: eye distances that the face's center moves since the frame
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

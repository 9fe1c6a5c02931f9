// The jitter and lag of a face's track, measured on the track itself.
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
  int frames = 0;  // with a face
  // Over still moments, 15 frames in which the face holds still: the root mean square distance of
  // the points from their paths, after each frame is aligned with the mean by a similarity. The
  // path of a point is the straight line that fits best, so that a face which turns slowly counts
  // as still. The median over the moments, in percent of the outer-eye distance; includes blinks
  // and speech. Nothing where the face never held still.
  std::optional<double> jitter_percent;
  // The same for each part of the schema, in their order; speech is in the mouth.
  std::vector<double> part_jitter_percent;  // empty where the face never held still
  int still_moments = 0;
  // Over frames in which the face moves fast: the number of frames by which `track` runs behind
  // `reference`, which is the shift at which they fit best. Nothing where it never moved fast.
  std::optional<double> lag_frames;
  int fast_frames = 0;
};

// `track` and `reference` are the results of the same frames, with and without smoothing. The face
// is that of the lowest id in each frame; after a change of id nothing before counts. The reference
// tells what is still and what is fast. The schema must have eye corners.
Stability MeasureStability(std::span<const TrackResult> track,
                           std::span<const TrackResult> reference, const LandmarkSchema& schema);

// Only fast frames tell a lag: the face's center moves by at least so many eye distances since the
// frame before.
inline constexpr float kFastPerFrame = 0.04F;
inline constexpr size_t kMaxLag = 4;  // frames; every lag is shorter

// The lag in frames, at least `shortest`, at which `misfit_at(lag)` is least.
template <typename MisfitAt>
double BestLag(double shortest, const MisfitAt& misfit_at) {
  constexpr int kStepsPerFrame = 50;
  const auto first = static_cast<int>(shortest * kStepsPerFrame);
  double best = shortest;
  double least = std::numeric_limits<double>::infinity();
  for (int step = first; step < static_cast<int>(kMaxLag) * kStepsPerFrame; ++step) {
    const double lag = static_cast<double>(step) / kStepsPerFrame;
    const double misfit = misfit_at(lag);
    if (misfit >= least) continue;
    least = misfit;
    best = lag;
  }
  return best;
}

}  // namespace nosetip

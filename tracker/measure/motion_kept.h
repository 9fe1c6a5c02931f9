// How much of what a face does is left after smoothing, and how late it is.
#pragma once

#include <optional>
#include <span>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// Shares are 1 where all is kept; delays are the shifts in frames, at least 0, at which smoothed
// and raw values fit best.
struct MotionKept {
  // Blinks of the raw track: the mean openness of both eyes (Expression) falls below
  // kBlinkOpenness of its median over the second before and after it, at 25 frames a second. A
  // blink's depth is how far it falls from that median; the share is that of the sum of depths.
  int blinks = 0;
  std::optional<double> blink_share;  // nothing without blinks
  std::optional<double> blink_delay_frames;
  // By how much the mouth opens or closes over kMouthSpan frames, in the fastest tenth of frames:
  // of the smoothed track over that of the raw one, each by its own fastest frames. Nothing with
  // less than ten such spans, or where that is less than kLeastMouthMotion: it would be noise.
  std::optional<double> mouth_share;
  std::optional<double> mouth_delay_frames;
};

inline constexpr double kBlinkOpenness = 0.7;
inline constexpr int kMouthSpan = 4;               // frames
inline constexpr double kLeastMouthMotion = 0.02;  // eye distances; speech has about 0.1

// `smoothed` and `raw` are the results of the same frames. The face is that of the lowest id in
// each frame; after a change of id nothing before counts. Empty for a schema without the points of
// ExpressionOf.
MotionKept MeasureMotionKept(std::span<const TrackResult> smoothed,
                             std::span<const TrackResult> raw, const LandmarkSchema& schema);

}  // namespace nosetip

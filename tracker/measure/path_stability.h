// The errors and lag of a track on a clip of one still picture, with a camera that moves over it on
// a known path. Any movement of a point within that picture is an error.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/measure/box_errors.h"

namespace nosetip {

// Points are mapped back to the picture by the path, and by nothing else. In percent of the
// outer-eye distance of the points' mean places there.
struct PathStability {
  int frames = 0;  // with a face
  int frames_without = 0;
  // Root mean square distance of the points from their own mean places over the clip, for all
  // points and for each part of the schema. Nothing with less than two frames.
  std::optional<double> error_percent;
  std::vector<double> part_error_percent;
  // Root mean square distance of the points from their places in the frame before. Errors that
  // change slowly, with the face's size or the light, hardly count.
  std::optional<double> move_percent;
  // Over frames in which the path moves the face fast: the number of frames by which the points run
  // behind the path, or ahead of it (down to -1), which is the delay of the path at which their
  // error is least. Nothing where there is no such frame. On a path that never changes its
  // direction or speed, a lag looks the same as a constant offset.
  std::optional<double> lag_frames;
  int fast_frames = 0;
  // The error that remains with the path delayed by the lag. Nothing without a lag.
  std::optional<double> no_lag_error_percent;
};

// `frame_from_picture` is the path, one transform per result. The face is that of the lowest id in
// each frame. The schema must have eye corners.
PathStability MeasureOnPath(std::span<const TrackResult> track,
                            std::span<const Affine2> frame_from_picture,
                            const LandmarkSchema& schema);

// The boxes in which a tracker locates a face that it follows (PredictedBox), compared with those
// of a training: the bounds of the points' mean places, mapped to the frame. `track` is without
// smoothing.
BoxErrors MeasureFollowedBoxes(std::span<const TrackResult> track,
                               std::span<const Affine2> frame_from_picture);

// The frame with normal noise added to each channel of each pixel, like that of a camera's sensor.
// `deviation` is its standard deviation in 8-bit levels, before rounding and clamping to 0 to 255.
// The noise follows from the frame's id alone, so it is the same in every run and differs from
// frame to frame.
FramePtr WithSensorNoise(const Frame& frame, double deviation);

}  // namespace nosetip

// How steady and how prompt a track is where the camera's path is known: on a clip that shows one
// still picture, which the camera moves over. Whatever a point moves by in that picture is an
// error.
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

// Points are carried back by the path into the picture, with nothing else taken away. In percent of
// the outer-eye distance there, of the points' mean places.
struct PathStability {
  int frames = 0;  // with a face
  int frames_without = 0;
  // Root mean square distance of each point from its own mean place over the clip; also over the
  // points of each of the schema's parts. Nothing with less than two frames.
  std::optional<double> error_percent;
  std::vector<double> part_error_percent;
  // Root mean square distance of a point from where it was in the frame before. Errors that come
  // and go slowly, with the face's size or the light, are hardly in it.
  std::optional<double> move_percent;
  // Over frames in which the path moves the face fast: by how many frames the points run behind the
  // path, or before it (down to -1); the delay of the path at which their error is least. Nothing
  // where there is no such frame. Of a path that never turns or changes its speed a lag is not to
  // be told from another place.
  std::optional<double> lag_frames;
  int fast_frames = 0;
  // The error with the path as late as the points are: what of it is not lag. Nothing without one.
  std::optional<double> no_lag_error_percent;
};

// `frame_from_picture` is the path, one for each result. The face is that of the lowest id in each
// frame. The schema must have eye corners.
PathStability MeasureOnPath(std::span<const TrackResult> track,
                            std::span<const Affine2> frame_from_picture,
                            const LandmarkSchema& schema);

// The boxes in which a tracker looks for a face that it follows (PredictedBox), beside those that a
// training would take: the bounds of the points' mean places, carried into the frame. `track` is
// without smoothing.
BoxErrors MeasureFollowedBoxes(std::span<const TrackResult> track,
                               std::span<const Affine2> frame_from_picture);

// Noise as a camera's sensor adds it, for measuring what it does to points.

// The frame with normal noise added to each channel of each pixel: `deviation` is its standard
// deviation in 8-bit levels, before rounding and clamping to 0 to 255. The noise follows from the
// frame's id alone, so it is the same in every run and new in each frame.
FramePtr WithSensorNoise(const Frame& frame, double deviation);

}  // namespace nosetip

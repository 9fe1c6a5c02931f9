// Mirrored pictures and results: the view of a camera that faces its user, or another face to train
// on.
#pragma once

#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

Image Mirrored(const Image& image);

// The place in the mirrored picture of this width.
Point2f Mirrored(Point2f point, int width_px);
RectF Mirrored(const RectF& rect, int width_px);

// The faces in the mirrored picture of this width. Points keep their order, so lines between them
// stay the same; a left eye is still called left, though it is on the other side.
TrackResult Mirrored(const TrackResult& result, int width_px);

// The points in the order of the mirrored picture: what was a right eye becomes a left one.
std::vector<Point2f> MirroredFace(const std::vector<Point2f>& points_px,
                                  const LandmarkSchema& schema, int width_px);

}  // namespace nosetip

// What is seen in a mirror: the view of a camera that faces its user, or another face to learn
// from.
#pragma once

#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

Image Mirrored(const Image& image);

// Where it lies in the mirrored picture of this width.
Point2f Mirrored(Point2f point, int width_px);
RectF Mirrored(const RectF& rect, int width_px);

// The faces as they lie in the mirrored picture of this width. Points keep their order, so lines
// between them are the same; a left eye is still called left, though it is on the other side.
TrackResult Mirrored(const TrackResult& result, int width_px);

// The points as they are called in the mirrored picture: what was a right eye is a left one there.
std::vector<Point2f> MirroredFace(const std::vector<Point2f>& points_px,
                                  const LandmarkSchema& schema, int width_px);

}  // namespace nosetip

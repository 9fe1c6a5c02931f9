// What is seen in a mirror: the view of a camera that faces its user.
#pragma once

#include "tracker/core/face.h"
#include "tracker/core/image.h"

namespace nosetip {

Image Mirrored(const Image& image);

// The faces as they lie in the mirrored picture of this width. Points keep their order, so lines
// between them are the same; a left eye is still called left, though it is on the other side.
TrackResult Mirrored(const TrackResult& result, int width_px);

}  // namespace nosetip

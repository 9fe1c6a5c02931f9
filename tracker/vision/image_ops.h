// Turned parts and small copies of pictures.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct TurnedView {
  Image picture;  // square
  Affine2 frame_from_view;
};

// The square of `side_px` frame pixels around `center`, turned so that a line that falls by
// `roll_rad` to the right in the picture (clockwise on the screen) becomes level. Frame pixels keep
// their size, except in squares of more than 1024, which are scaled to that. Bilinear; outside the
// picture its border pixels are repeated. Throws std::logic_error for an empty picture or a side
// that is not positive.
TurnedView CutTurned(const Image& image, Point2f center, float side_px, float roll_rad);
// The transform of that view alone.
Affine2 FrameFromTurned(Point2f center, float side_px, float roll_rad);

// The whole picture, made smaller to fit into `room_px` with its proportions, never larger; at
// least one pixel wide and high.
Image Thumbnail(const Image& image, SizePx room_px);

}  // namespace nosetip

// A part of a picture, turned.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

struct TurnedView {
  Image picture;  // square
  Affine2 frame_from_view;
};

// The square of `side_px` frame pixels around `center`, in which level is what falls by `roll_rad`
// to the right in the picture (clockwise on the screen). Frame pixels keep their size, but in
// squares of more than 1024, which are scaled to that. Bilinear; outside the picture its border
// pixels go on. Throws std::logic_error for an empty picture or a side that is not positive.
TurnedView CutTurned(const Image& image, Point2f center, float side_px, float roll_rad);
// Where the pixels of that view lie, which no picture changes.
Affine2 FrameFromTurned(Point2f center, float side_px, float roll_rad);

// Small pictures of large ones.

// The whole picture, made smaller to fit into `room_px` with its proportions, never larger; at
// least one pixel wide and high.
Image Thumbnail(const Image& image, SizePx room_px);

}  // namespace nosetip

// Turned parts and small copies of pictures.
#pragma once

#include <cstdint>
#include <vector>

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

// The picture as a JPEG file. `quality` is 1 to 100.
std::vector<uint8_t> JpegOf(const Image& image, int quality = 88);

}  // namespace nosetip

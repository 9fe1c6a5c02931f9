// Small pictures of large ones.
#pragma once

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// The whole picture, made smaller to fit into `room_px` with its proportions, never larger; at
// least one pixel wide and high.
Image Thumbnail(const Image& image, SizePx room_px);

}  // namespace nosetip

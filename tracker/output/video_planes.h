// Pictures as video encoders take them. Only for .cpp files.
#pragma once

#include <opencv2/core.hpp>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// The picture in the planes Y, U and V of I420 (BT.601, 16 to 235), one below the other: one
// channel of 8 bits, as wide as the frame and half as high again. A picture that is not of this
// size is scaled to fit, between black bars. An odd width or height grows by a copy of the last
// column or row.
cv::Mat EvenPlanes(const Image& image, SizePx size);

}  // namespace nosetip

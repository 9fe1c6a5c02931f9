// Noise as a camera's sensor adds it, for measuring what it does to points.
#pragma once

#include "tracker/core/frame.h"

namespace nosetip {

// The frame with normal noise added to each channel of each pixel: `deviation` is its standard
// deviation in 8-bit levels, before rounding and clamping to 0 to 255. The noise follows from the
// frame's id alone, so it is the same in every run and new in each frame.
FramePtr WithSensorNoise(const Frame& frame, double deviation);

}  // namespace nosetip

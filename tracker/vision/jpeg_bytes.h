// Pictures as JPEG files in memory.
#pragma once

#include <string>

#include "tracker/core/image.h"

namespace nosetip {

// `quality` from 1 to 100. Throws Error where OpenCV cannot encode it.
std::string JpegBytes(const Image& image, int quality);

}  // namespace nosetip

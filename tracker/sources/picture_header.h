// The size of a picture as its file claims it, before anything is decoded.
#pragma once

#include <istream>
#include <optional>

#include "tracker/core/geometry.h"

namespace nosetip {

// Reads JPEG (ITU-T T.81), PNG, BMP, PNM and PAM, WebP, TIFF, JPEG 2000, AVIF, Radiance HDR and Sun
// raster headers. Nothing for others, and where the header ends early. A side is `kLargestWhole` at
// most. Needs a few bytes of memory, whatever the file says.
std::optional<SizePx> PictureSizeInHeader(std::istream& file);

}  // namespace nosetip

// The size of a picture as its file claims it, before anything is decoded.
#pragma once

#include <cstdint>
#include <istream>
#include <optional>

#include "tracker/core/geometry.h"
#include "tracker/sources/file_numbers.h"

namespace nosetip {

// Of a picture or a frame: larger ones are refused, as they take gigabytes to decode.
inline constexpr int64_t kMaxPicturePixels = 200'000'000;

// Reads JPEG (ITU-T T.81), PNG, BMP, PNM and PAM, WebP, TIFF, JPEG 2000, HEIC, AVIF, Radiance HDR
// and Sun raster headers. Nothing for others, and where the header ends early. A side is
// `kLargestWhole` at most. Needs a few bytes of memory, whatever the file says.
std::optional<SizePx> PictureSizeInHeader(std::istream& file);

// The place of the marker that starts a JPEG's frame (ITU-T T.81, B.2.2): its kind, the bits of a
// sample and the size. 0 where there is none.
uint64_t FrameOfJpeg(const FileNumbers& file);

}  // namespace nosetip

// HEIC and AVIF pictures, decoded with libheif. Only for .cpp files.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <opencv2/core.hpp>

namespace nosetip {

// The main picture of the file as BGR, 8 bits, turned and mirrored as its properties say; its EXIF
// orientation only repeats these. Transparency is dropped. Throws Error that names `path` where the
// picture is damaged or too large, or libheif lacks the decoder.
cv::Mat DecodeHeifPicture(const std::string& path, std::span<const uint8_t> bytes);

}  // namespace nosetip

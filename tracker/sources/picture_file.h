// Pictures of strangers as OpenCV's. Only for .cpp files.
#pragma once

#include <cstdint>
#include <new>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <opencv2/core.hpp>

#include "tracker/core/error.h"
#include "tracker/sources/picture_header.h"

namespace nosetip {

// What is decoded at most. OpenCV's drawing and warping have 16 bits for a coordinate.
inline constexpr int kMaxPictureSidePx = 32767;

// Runs `work`; where it lacks memory, throws Error that names the picture.
template <typename Work>
auto WithMemoryFor(const std::string& path, Work&& work) {
  try {
    return std::forward<Work>(work)();
  } catch (const std::bad_alloc&) {
    throw Error(path + ": there is too little memory for the picture; make it smaller");
  }
}

// Throws Error that names `path` where a picture of this size is not read.
void CheckPictureSize(const std::string& path, SizePx size);
[[noreturn]] void ThrowDamagedPicture(const std::string& path);

// The bytes of a picture whose header keeps to the limits, and whose end is there. Throws Error for
// a file that is missing, empty, truncated, too large, no picture, or one that no decoder here
// reads; nothing of these is read but the header.
std::vector<uint8_t> ReadPictureBytes(const std::string& path);

// `flags` are IMREAD_COLOR or IMREAD_GRAYSCALE; the picture is upright. Throws Error that names
// `path` where the picture is damaged or too large, or there is too little memory.
cv::Mat DecodePicture(const std::string& path, std::span<const uint8_t> bytes, int flags);

// Both. Every picture file is read through this or the two above.
cv::Mat DecodePictureFile(const std::string& path, int flags);

}  // namespace nosetip

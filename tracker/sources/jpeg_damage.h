// Whether all of a JPEG's pixels are there.
#pragma once

#include <cstdint>
#include <span>

namespace nosetip {

// Whether libjpeg had to make up pixels, as of a file that was cut and got an end marker, or whose
// bits were flipped; OpenCV does not pass its warnings on. What cannot be decoded at all and what
// is no JPEG is for the decoder to judge: false.
//
// Reads the file's codes and an eighth of its size of pixels.
bool IsDamagedJpeg(std::span<const uint8_t> bytes);

}  // namespace nosetip

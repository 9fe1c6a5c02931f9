// Decoded frames of FFmpeg's as upright RGB pictures.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "tracker/core/image.h"
#include "tracker/sources/ffmpeg.h"

namespace nosetip {

// How a stored picture becomes an upright one: first the transposition, then the flips.
struct Orientation {
  bool transpose = false;
  bool flip_x = false;
  bool flip_y = false;

  bool operator==(const Orientation&) const = default;
};

// From a display matrix of nine numbers, as MP4 and MOV have it (ISO/IEC 14496-12, 8.2.2.3); other
// angles than multiples of 90 degrees become the nearest of them. Upright for null.
Orientation OrientationOf(const int32_t* display_matrix);

// Converts with libswscale by each frame's own size, format, matrix and range of colors; where
// those are not given, BT.709 for HD and BT.601 for smaller pictures, as players take them. High
// dynamic range (PQ, HLG) is mapped to that of a usual screen, interlaced lines of moving things
// are interpolated, transparency is dropped. Not thread-safe.
class FrameConverter {
 public:
  // `stream` is where the display matrix of frames without one of their own is.
  explicit FrameConverter(const AVStream& stream);
  ~FrameConverter();

  // Throws Error that starts with `name` for a format that cannot be converted.
  Image Convert(const AVFrame& frame, const std::string& name);

 private:
  struct Scaling;  // what a scaler was made for
  void PrepareFor(const AVFrame& frame, const std::string& name);

  Orientation of_stream_;
  std::unique_ptr<Scaling> scaling_;
};

}  // namespace nosetip

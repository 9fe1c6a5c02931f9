// Pictures, and frames of a source.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

namespace nosetip {

// Owning, row-major, interleaved 8-bit RGB, no padding between rows.
struct Image {
  int width_px = 0;
  int height_px = 0;
  std::vector<uint8_t> rgb;  // 3 * width_px * height_px

  Image() = default;
  Image(int width, int height)
      : width_px(width),
        height_px(height),
        rgb(3 * static_cast<size_t>(width) * static_cast<size_t>(height)) {}

  bool Empty() const { return width_px <= 0 || height_px <= 0; }
  uint8_t* At(int x, int y) { return rgb.data() + Offset(x, y); }
  const uint8_t* At(int x, int y) const { return rgb.data() + Offset(x, y); }

 private:
  size_t Offset(int x, int y) const {
    return 3 * (static_cast<size_t>(y) * static_cast<size_t>(width_px) + static_cast<size_t>(x));
  }
};

// One decoded frame of a source.
struct Frame {
  int64_t id = 0;  // 0, 1, 2 ... as decoded
  std::chrono::steady_clock::time_point captured_at;
  double pts_s = 0.0;       // the source's own timestamp, in seconds from its start
  bool is_picture = false;  // the only frame of its source
  Image image;
};

// Frames are shared between threads and never edited.
using FramePtr = std::shared_ptr<const Frame>;

}  // namespace nosetip

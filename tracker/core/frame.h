// One decoded frame of a source.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>

#include "tracker/core/image.h"

namespace nosetip {

struct Frame {
  int64_t id = 0;  // 0, 1, 2 ... as decoded
  std::chrono::steady_clock::time_point captured_at;
  double pts_s = 0.0;  // the source's own timestamp, in seconds from its start
  Image image;
};

// Frames are shared between threads and never edited.
using FramePtr = std::shared_ptr<const Frame>;

}  // namespace nosetip

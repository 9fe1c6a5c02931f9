// What a source is, in words.
#pragma once

#include <cstdio>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// "640 x 480, 30 frames/s"; without the rate where there is none, as of a picture.
inline std::string SizeAndRate(const SourceInfo& info) {
  char text[64];
  std::snprintf(text, sizeof text, "%d x %d", info.width_px, info.height_px);
  std::string size_and_rate = text;
  if (info.frame_rate_hz > 0.0) {
    std::snprintf(text, sizeof text, ", %.4g frames/s", info.frame_rate_hz);
    size_and_rate += text;
  }
  return size_and_rate;
}

}  // namespace nosetip

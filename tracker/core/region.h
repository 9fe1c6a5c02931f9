// A part of a frame as the user names it, in pixels or in percent of the frame's sides.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "tracker/core/geometry.h"

namespace nosetip {

struct Region {
  struct Length {
    double value = 0.0;  // never negative
    bool is_percent = false;
  };
  std::string text;  // as the user named it
  std::array<Length, 4> x_y_width_height;
};

// "100,50,640,480", "25%,0%,50%,100%" or a mixture. Nothing for an empty text. Throws Error for
// another text, for what is negative, empty or above 100 %.
std::optional<Region> ParseRegion(std::string_view text);

// What of a frame of this size lies in the region, in whole pixels; all of it without a region.
// Throws Error where no pixel does.
RectF RegionIn(const std::optional<Region>& region, SizePx frame_px);

}  // namespace nosetip

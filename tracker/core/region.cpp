#include "tracker/core/region.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr double kLargestPx = 1e6;

std::optional<Region::Length> ParseLength(std::string_view text) {
  Region::Length length;
  length.is_percent = text.ends_with('%');
  if (length.is_percent) text.remove_suffix(1);
  const char* end = text.data() + text.size();
  const auto [after, problem] = std::from_chars(text.data(), end, length.value);
  if (problem != std::errc() || after != end) return std::nullopt;
  const double largest = length.is_percent ? 100.0 : kLargestPx;
  if (!(length.value >= 0.0 && length.value <= largest)) return std::nullopt;
  return length;
}

double Pixels(const Region::Length& length, int side_px) {
  return length.is_percent ? 0.01 * length.value * side_px : length.value;
}

}  // namespace

std::optional<Region> ParseRegion(std::string_view text) {
  if (text.empty()) return std::nullopt;
  Region region;
  region.text = text;
  const auto fail = [&](const char* what) {
    return Error(
        fmt::format("the region (--roi) is '{}'; {}, such as 100,50,640,480 or 25%,0%,50%,100%",
                    region.text, what));
  };
  for (Region::Length& length : region.x_y_width_height) {
    const bool last = &length == &region.x_y_width_height.back();
    const size_t comma = std::min(text.find(','), text.size());
    const auto parsed = ParseLength(text.substr(0, comma));
    if (!parsed || last != (comma == text.size())) {
      throw fail("give X,Y,WIDTH,HEIGHT in pixels, or in percent up to 100");
    }
    length = *parsed;
    text.remove_prefix(last ? comma : comma + 1);
  }
  const auto& [x, y, width, height] = region.x_y_width_height;
  if (width.value == 0.0 || height.value == 0.0) throw fail("give a width and height above 0");
  return region;
}

RectF RegionIn(const std::optional<Region>& region, SizePx frame_px) {
  const auto [frame_width, frame_height] = frame_px;
  if (!region) {
    return {-0.5F, -0.5F, static_cast<float>(frame_width), static_cast<float>(frame_height)};
  }
  const auto& [x, y, width, height] = region->x_y_width_height;
  const auto edge = [](double px, int side) {
    return static_cast<int>(std::lround(std::min(px, static_cast<double>(side))));
  };
  const int left = edge(Pixels(x, frame_width), frame_width);
  const int top = edge(Pixels(y, frame_height), frame_height);
  const int right = edge(Pixels(x, frame_width) + Pixels(width, frame_width), frame_width);
  const int bottom = edge(Pixels(y, frame_height) + Pixels(height, frame_height), frame_height);
  if (left >= right || top >= bottom) {
    throw Error(fmt::format(
        "the region {} (--roi) holds no pixel of a frame of {}x{} pixels; name a part of it",
        region->text, frame_width, frame_height));
  }
  return {static_cast<float>(left) - 0.5F, static_cast<float>(top) - 0.5F,
          static_cast<float>(right - left), static_cast<float>(bottom - top)};
}

}  // namespace nosetip

// Filters and their responses, side by side.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/report/network_views.h"

namespace nosetip {

struct FilterSheet {
  std::string title;
  int columns = 8;
  // True: zero is middle gray, as far from black as from white. False: zero is black, for values
  // that are never negative.
  bool signed_values = true;
  Image input;                 // shown as the first tile; may be empty
  std::vector<int> numbers{};  // of the planes, where they do not count from 0
};

// One gray tile per plane, scaled to its own range and enlarged without smoothing. Below each are
// its number, and the value of white; "off" where all values are zero. 960 pixels wide. One
// plane or more.
Image DrawFilterSheet(std::span<const FloatPlane> planes, const FilterSheet& sheet);

// One row per filter, numbered from 0, with a gray tile for each channel that it reads. Zero is
// middle gray, and black and white are the filter's largest weight. 960 pixels wide. One filter or
// more, all of equally many planes.
Image DrawKernelSheet(std::span<const std::vector<FloatPlane>> filters, const std::string& title);

}  // namespace nosetip

// Filters and their responses, side by side.
#pragma once

#include <span>
#include <string>

#include "tracker/core/image.h"
#include "training/report/training_views.h"

namespace nosetip {

struct FilterSheet {
  std::string title;
  int columns = 8;
  // True: zero is middle gray, as far from black as from white. False: zero is black, for values
  // that are never negative.
  bool signed_values = true;
  Image input;  // shown as the first tile; may be empty
};

// One gray tile per plane, scaled to its own range and enlarged without smoothing. Below each are
// its number, from 0, and the value of white; "off" where all values are zero. 960 pixels wide. One
// plane or more.
Image DrawFilterSheet(std::span<const FloatPlane> planes, const FilterSheet& sheet);

}  // namespace nosetip

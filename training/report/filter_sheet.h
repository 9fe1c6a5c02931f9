// Filters and what they answer, side by side.
#pragma once

#include <span>
#include <string>

#include "tracker/core/image.h"
#include "training/report/training_views.h"

namespace nosetip {

struct FilterSheet {
  std::string title;
  int columns = 8;
  // True: zero is middle gray, black and white are equally far from it. False: zero is black, for
  // values that are never negative.
  bool signed_values = true;
  Image input;  // shown as the first tile; may be empty
};

// A gray tile a plane, each scaled to its own range and enlarged without smoothing. Below it its
// number, from 0, and the value that white stands for; "off" where all is zero. 960 pixels wide.
// One plane or more.
Image DrawFilterSheet(std::span<const FloatPlane> planes, const FilterSheet& sheet);

}  // namespace nosetip

// The errors of the boxes in which landmarks are located.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct BoxPair {
  RectF box;
  RectF truth;  // the bounds of the true landmarks
};

// In the units of --shift and --zoom of a training: shifts of the center in longer sides of the
// true box, zoom as the natural logarithm of the longer side.
struct BoxErrors {
  int boxes = 0;
  double shift_x_mean = 0.0;
  double shift_x_deviation = 0.0;  // standard deviation
  double shift_y_mean = 0.0;
  double shift_y_deviation = 0.0;
  double zoom_mean = 0.0;
  double zoom_deviation = 0.0;
};

// All zero without a box.
BoxErrors MeasureBoxErrors(std::span<const BoxPair> pairs);

struct NamedBoxErrors {
  std::string name;
  BoxErrors errors;
};

// A table; empty without a row.
std::string BoxErrorsText(std::span<const NamedBoxErrors> rows);

}  // namespace nosetip

// Line plots as pictures.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/image.h"

namespace nosetip {

struct PlotLine {
  std::string label;
  std::vector<double> x;
  std::vector<double> y;  // as many
};

struct Plot {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<PlotLine> lines;
  double y_low = 0.0;  // the y axis holds this and all that the lines need
  double y_high = 0.0;
};

// 960 x 600 pixels, with axes, grid and legend. The plot has one point or more.
Image DrawPlot(const Plot& plot);

}  // namespace nosetip

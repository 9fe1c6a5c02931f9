// Line plots as pictures.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/image.h"
#include "training/landmarks/train_job.h"

namespace nosetip {

struct PlotLine {
  std::string label;
  std::vector<double> x;
  std::vector<double> y;  // as many; where one is not a number, the line has a gap
};

struct Plot {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<PlotLine> lines;
  double y_low = 0.0;  // the y axis holds this and all that the lines need
  double y_high = 0.0;
  // Powers of ten equally far from each other; what is not above zero is a gap, and the axis holds
  // what the lines need alone.
  bool logarithmic_y = false;
  bool whole_x = false;  // x counts something: no ticks between whole numbers
  // An x that a dashed line marks, such as the best epoch, and what the legend says of it.
  std::optional<double> marked_x{};
  std::string marked_label{};
};

// 960 x 600 pixels, with axes, grid and legend. The plot has one point or more.
Image DrawPlot(const Plot& plot);

// A training's course, epoch by epoch.

// Loss on training and validation faces; `best_epoch` is marked. One epoch or more.
Image DrawLosses(std::span<const EpochStats> history, int best_epoch);

// The error on the validation faces: their normalized error, in `error_unit`, or the mean squared
// error of the points where the history knows only that.
Image DrawValidationErrors(std::span<const EpochStats> history, int best_epoch,
                           const std::string& error_unit);

}  // namespace nosetip

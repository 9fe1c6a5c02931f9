// Line plots as pictures: any lines, and the curves of a training.
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

// As many lines have a color of their own; then they repeat.
inline constexpr size_t kPlotColors = 6;

struct Plot {
  std::string title;
  std::string x_label;
  std::string y_label;
  std::vector<PlotLine> lines;
  double y_low = 0.0;  // the y axis holds this and all that the lines need
  double y_high = 0.0;
  // A logarithmic y axis that spans the lines alone; values that are not above zero are gaps.
  bool logarithmic_y = false;
  bool whole_x = false;  // x is a count: no ticks between whole numbers
  // A dashed vertical line, such as at the best epoch, and its label in the legend.
  std::optional<double> marked_x{};
  std::string marked_label{};
};

// Makes the y axis logarithmic where a bad first value would press all others onto it.
void ChooseScale(Plot& plot);

// 960 x 600 pixels, with axes, grid and legend. The plot has one point or more.
Image DrawPlot(const Plot& plot);

// Loss on training and validation faces; `best_epoch` is marked. One epoch or more.
Image DrawLosses(std::span<const EpochStats> history, int best_epoch);

struct ValidationTexts {
  std::string error_unit;  // of the normalized error: "% of a length"
  std::string weights;     // which were measured: "averaged weights"
};

// The error on the validation faces: the normalized error, or the mean squared error of the points
// where the history has only that.
Image DrawValidationErrors(std::span<const EpochStats> history, int best_epoch,
                           const ValidationTexts& texts);

}  // namespace nosetip

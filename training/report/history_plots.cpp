#include "training/report/history_plots.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "tracker/core/error.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

// Empty where the history has no such column, or no number in it.
std::vector<double> Column(std::span<const EpochStats> history, std::string_view name) {
  std::vector<double> values;
  for (const auto& column : EpochStats::HistoryColumns()) {
    if (column.name != name) continue;
    for (const EpochStats& epoch : history) values.push_back(epoch.*column.member);
  }
  if (std::ranges::none_of(values, [](double value) { return std::isfinite(value); })) return {};
  return values;
}

Plot PlotOverEpochs(std::span<const EpochStats> history, int best_epoch) {
  Check(!history.empty(), "a training of one epoch or more");
  Plot plot;
  plot.x_label = "epoch";
  plot.whole_x = true;
  if (best_epoch > 0) {
    plot.marked_x = best_epoch;
    plot.marked_label = "best epoch: " + std::to_string(best_epoch);
  }
  return plot;
}

void AddLine(Plot& plot, std::span<const EpochStats> history, const std::string& label,
             std::vector<double> values) {
  PlotLine line{label, {}, std::move(values)};
  for (const EpochStats& epoch : history) line.x.push_back(epoch.epoch);
  line.y.resize(line.x.size(), std::nan(""));
  plot.lines.push_back(std::move(line));
}

// Where a first epoch is so bad that all others would lie on the axis.
void ChooseScale(Plot& plot) {
  constexpr double kMuch = 20.0;
  double low = INFINITY;
  double high = 0.0;
  for (const PlotLine& line : plot.lines) {
    for (const double value : line.y) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  plot.logarithmic_y = low > 0.0 && high > kMuch * low;
}

}  // namespace

Image DrawLosses(std::span<const EpochStats> history, int best_epoch) {
  Plot plot = PlotOverEpochs(history, best_epoch);
  plot.title = "Loss";
  plot.y_label = "loss";
  AddLine(plot, history, "training", Column(history, "train_loss"));
  AddLine(plot, history, "validation", Column(history, "validation_loss"));
  ChooseScale(plot);
  return DrawPlot(plot);
}

Image DrawValidationErrors(std::span<const EpochStats> history, int best_epoch,
                           const std::string& error_unit) {
  struct Measure {
    const char* column;
    std::string label;
  };
  const std::array<Measure, 3> measures = {{{"validation_nme", "mean error, " + error_unit},
                                            {"validation_mse", "mean squared error"},
                                            {"validation_loss", "loss"}}};
  Plot plot = PlotOverEpochs(history, best_epoch);
  plot.title = "Validation error";
  for (const Measure& measure : measures) {
    std::vector<double> values = Column(history, measure.column);
    plot.y_label = measure.label;
    if (!values.empty() || &measure == &measures.back()) {
      AddLine(plot, history, "averaged weights", std::move(values));
      break;
    }
  }
  ChooseScale(plot);
  return DrawPlot(plot);
}

}  // namespace nosetip

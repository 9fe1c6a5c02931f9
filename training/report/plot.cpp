#include "training/report/plot.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/report/plot_axes.h"

namespace nosetip {
namespace {

PlotRange Spread(const std::vector<PlotLine>& lines, std::vector<double> PlotLine::*values,
                 PlotRange range) {
  for (const PlotLine& line : lines) {
    for (const double value : line.*values) {
      if (!std::isfinite(value)) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  return range;
}

PlotRange XRange(const Plot& plot) {
  const double first = plot.lines.front().x.front();
  PlotRange range = Spread(plot.lines, &PlotLine::x, {first, first});
  if (range.high <= range.low) return {range.low - 1.0, range.high + 1.0};
  // Keeps a mark at the first or last x apart from the frame.
  const double room = plot.whole_x ? 0.03 * (range.high - range.low) : 0.0;
  return {range.low - room, range.high + room};
}

PlotRange LogarithmicYRange(const Plot& plot) {
  PlotRange range{INFINITY, 0.0};
  for (const PlotLine& line : plot.lines) {
    for (const double value : line.y) {
      if (!std::isfinite(value) || value <= 0.0) continue;
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  if (range.high <= 0.0) return {0.1, 1.0};
  return {range.low / 1.15, range.high * 1.15};
}

PlotRange YRange(const Plot& plot) {
  if (plot.logarithmic_y) return LogarithmicYRange(plot);
  PlotRange range = Spread(plot.lines, &PlotLine::y, {plot.y_low, plot.y_high});
  if (range.high <= range.low) range.high = range.low + 1.0;
  if (range.high > plot.y_high) range.high += 0.05 * (range.high - range.low);
  return range;
}

void DrawLine(cv::Mat& canvas, const PlotAxes& axes, const PlotLine& line, const cv::Scalar& ink) {
  Check(line.x.size() == line.y.size(), "a line with as many x as y");
  std::vector<cv::Point> run;
  const auto finish_run = [&] {
    if (run.size() > 1) cv::polylines(canvas, run, false, ink, 2, cv::LINE_AA);
    if (run.size() == 1) cv::circle(canvas, run[0], 4, ink, cv::FILLED, cv::LINE_AA);
    run.clear();
  };
  for (size_t k = 0; k < line.x.size(); ++k) {
    if (std::isfinite(line.y[k]) && (line.y[k] > 0.0 || !axes.logarithmic_y())) {
      run.push_back(axes.At(line.x[k], line.y[k]));
    } else {
      finish_run();
    }
  }
  finish_run();
}

void DrawMark(cv::Mat& canvas, const PlotAxes& axes, double x) {
  constexpr int kDash_px = 6;
  const int column = axes.At(x, axes.y().low).x;
  for (int y = kPlotArea.y; y < kPlotArea.br().y; y += 2 * kDash_px) {
    cv::line(canvas, {column, y}, {column, std::min(y + kDash_px, kPlotArea.br().y)}, kInk, 1);
  }
}

struct LegendEntry {
  std::string label;
  cv::Scalar ink;
  bool dashed = false;

  int Width() const {
    int baseline = 0;
    return kStroke_px + 38 +
           cv::getTextSize(label, cv::FONT_HERSHEY_SIMPLEX, kTextScale, 1, &baseline).width;
  }
  void Draw(cv::Mat& canvas, cv::Point at) const {
    const int y = at.y - 6;
    for (int x = at.x; x < at.x + kStroke_px; x += 10) {
      const int end = std::min(at.x + kStroke_px, x + (dashed ? 6 : 10));
      cv::line(canvas, {x, y}, {end, y}, ink, dashed ? 1 : 2, cv::LINE_AA);
    }
    WriteText(canvas, label, at + cv::Point(kStroke_px + 8, 0), kTextScale);
  }

  static constexpr int kStroke_px = 30;
};

// Above the axes, where no line crosses it; in two rows where one is too short.
void DrawLegend(cv::Mat& canvas, const Plot& plot) {
  constexpr int kLeft_px = 12;
  constexpr int kRowStep_px = 20;
  std::vector<LegendEntry> entries;
  int width_px = kLeft_px;
  for (size_t i = 0; i < plot.lines.size(); ++i) {
    entries.push_back({plot.lines[i].label, kLineInks[i % kLineInks.size()]});
  }
  if (plot.marked_x) entries.push_back({plot.marked_label, kInk, true});
  for (const LegendEntry& entry : entries) width_px += entry.Width();
  const bool one_row = width_px <= kPlotWidth_px;
  cv::Point at(kLeft_px, one_row ? kLegendRow_px : kLegendRow_px - kRowStep_px / 2);
  for (const LegendEntry& entry : entries) {
    if (!one_row && at.x > kLeft_px && at.x + entry.Width() > kPlotWidth_px) {
      at = {kLeft_px, at.y + kRowStep_px};
    }
    entry.Draw(canvas, at);
    at.x += entry.Width();
  }
}

// Empty where the history has no such column or it has no numbers.
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
    plot.marked_label = fmt::format("best epoch: {}", best_epoch);
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

}  // namespace

void ChooseScale(Plot& plot) {
  constexpr double kWideRange = 20.0;
  double low = INFINITY;
  double high = 0.0;
  for (const PlotLine& line : plot.lines) {
    for (const double value : line.y) {
      if (!std::isfinite(value)) continue;
      low = std::min(low, value);
      high = std::max(high, value);
    }
  }
  plot.logarithmic_y = low > 0.0 && high > kWideRange * low;
}

Image DrawPlot(const Plot& plot) {
  Check(!plot.lines.empty() && !plot.lines.front().x.empty(), "a plot with points");
  Image image(kPlotWidth_px, kPlotHeight_px);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  const PlotAxes axes(XRange(plot), YRange(plot), plot.logarithmic_y);
  const double step = TickStep(axes.x());
  axes.DrawXTicks(canvas, plot.whole_x ? std::max(1.0, std::round(step)) : step);
  axes.DrawYTicks(canvas);
  axes.DrawFrame(canvas, {plot.title, plot.x_label, plot.y_label});
  if (plot.marked_x) DrawMark(canvas, axes, *plot.marked_x);
  for (size_t i = 0; i < plot.lines.size(); ++i) {
    DrawLine(canvas, axes, plot.lines[i], kLineInks[i % kLineInks.size()]);
  }
  DrawLegend(canvas, plot);
  return image;
}

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
                           const ValidationTexts& texts) {
  struct Measure {
    const char* column;
    std::string label;
  };
  const std::array<Measure, 3> measures = {
      {{"validation_nme", "mean error, " + texts.error_unit},
       {"validation_mse", "mean squared error, input from 0 to 1"},
       {"validation_loss", "loss"}}};
  Plot plot = PlotOverEpochs(history, best_epoch);
  plot.title = "Validation error";
  for (const Measure& measure : measures) {
    std::vector<double> values = Column(history, measure.column);
    plot.y_label = measure.label;
    if (!values.empty() || &measure == &measures.back()) {
      AddLine(plot, history, texts.weights, std::move(values));
      break;
    }
  }
  ChooseScale(plot);
  return DrawPlot(plot);
}

}  // namespace nosetip

#include "training/report/plot_axes.h"

#include <cmath>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

namespace nosetip {

double TickStep(const PlotRange& range) {
  const double rough = (range.high - range.low) / 6.0;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10.0 * power;
}

std::vector<double> LogarithmicTicks(const PlotRange& range) {
  constexpr double kManyDecades = 2.5;
  const bool sparse = std::log10(range.high / range.low) > kManyDecades;
  std::vector<double> ticks;
  for (double power = std::floor(std::log10(range.low)); power <= std::log10(range.high); ++power) {
    for (const double factor : {1.0, 2.0, 5.0}) {
      const double tick = factor * std::pow(10.0, power);
      if (sparse && factor > 1.0) continue;
      if (tick >= range.low && tick <= range.high) ticks.push_back(tick);
    }
  }
  return ticks;
}

std::string NumberText(double value) { return fmt::format("{:.4g}", value); }

void WriteText(cv::Mat& canvas, const std::string& text, cv::Point at, double scale, Align align,
               const cv::Scalar& ink) {
  int baseline = 0;
  const int width = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline).width;
  if (align == Align::kCenter) at.x -= width / 2;
  if (align == Align::kRight) at.x -= width;
  cv::putText(canvas, text, at, cv::FONT_HERSHEY_SIMPLEX, scale, ink, 1, cv::LINE_AA);
}

cv::Point PlotAxes::At(double x, double y) const {
  const double u = (x - x_.low) / (x_.high - x_.low);
  const double v = logarithmic_y_ ? std::log(y / y_.low) / std::log(y_.high / y_.low)
                                  : (y - y_.low) / (y_.high - y_.low);
  return {kPlotArea.x + static_cast<int>(std::lround(u * kPlotArea.width)),
          kPlotArea.br().y - static_cast<int>(std::lround(v * kPlotArea.height))};
}

void PlotAxes::DrawXTicks(cv::Mat& canvas, double step) const {
  const int count = static_cast<int>(std::floor((x_.high - x_.low) / step + 1e-9));
  const double first = std::ceil(x_.low / step - 1e-9) * step;
  for (int i = 0; i <= count && first + i * step <= x_.high + 1e-9 * step; ++i) {
    const double x = first + i * step;
    const cv::Point foot = At(x, y_.low);
    cv::line(canvas, foot, At(x, y_.high), kGridInk, 1);
    WriteText(canvas, NumberText(x), foot + cv::Point(0, 26), kTextScale, Align::kCenter);
  }
}

void PlotAxes::DrawYTicks(cv::Mat& canvas) const {
  std::vector<double> ticks;
  const double step = TickStep(y_);
  for (double y = std::ceil(y_.low / step) * step; y <= y_.high + 1e-9 * step; y += step) {
    ticks.push_back(y);
  }
  if (logarithmic_y_) ticks = LogarithmicTicks(y_);
  for (const double y : ticks) {
    const cv::Point foot = At(x_.low, y);
    cv::line(canvas, foot, At(x_.high, y), kGridInk, 1);
    WriteText(canvas, NumberText(y), foot + cv::Point(-8, 6), kTextScale, Align::kRight);
  }
}

void PlotAxes::DrawFrame(cv::Mat& canvas, const PlotText& text) const {
  cv::rectangle(canvas, kPlotArea, kInk, 1);
  WriteText(canvas, text.title, {12, 32}, 0.85);
  WriteText(canvas, text.x_label, {kPlotArea.x + kPlotArea.width / 2, kPlotHeight_px - 20},
            kTextScale, Align::kCenter);
  WriteText(canvas, text.y_label, {12, kPlotArea.y - 16}, kTextScale);
}

}  // namespace nosetip

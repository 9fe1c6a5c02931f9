#include "training/report/plot.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr int kWidth = 960;
constexpr int kHeight = 600;
const cv::Rect kArea(90, 60, 840, 450);
const cv::Scalar kInk(40, 40, 40);
const cv::Scalar kGrid(225, 225, 225);
const std::array<cv::Scalar, 4> kColours = {cv::Scalar(31, 100, 200), cv::Scalar(214, 69, 40),
                                            cv::Scalar(30, 140, 70), cv::Scalar(130, 80, 160)};

struct Range {
  double low = 0.0;
  double high = 0.0;
};

// Round numbers: 1, 2 or 5 times a power of ten, about six a range.
double TickStep(const Range& range) {
  const double rough = (range.high - range.low) / 6.0;
  const double power = std::pow(10.0, std::floor(std::log10(rough)));
  for (const double factor : {1.0, 2.0, 5.0}) {
    if (rough <= factor * power) return factor * power;
  }
  return 10.0 * power;
}

Range Spread(const std::vector<PlotLine>& lines, std::vector<double> PlotLine::*values,
             Range range) {
  for (const PlotLine& line : lines) {
    for (const double value : line.*values) {
      range.low = std::min(range.low, value);
      range.high = std::max(range.high, value);
    }
  }
  if (range.high <= range.low) range.high = range.low + 1.0;
  return range;
}

std::string NumberText(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.4g", value);
  return text.data();
}

void Write(cv::Mat& canvas, const std::string& text, cv::Point at, double scale, int align) {
  int baseline = 0;
  const cv::Size size = cv::getTextSize(text, cv::FONT_HERSHEY_SIMPLEX, scale, 1, &baseline);
  at.x -= align * size.width / 2;
  cv::putText(canvas, text, at, cv::FONT_HERSHEY_SIMPLEX, scale, kInk, 1, cv::LINE_AA);
}

class Axes {
 public:
  Axes(Range x, Range y) : x_(x), y_(y) {}

  cv::Point At(double x, double y) const {
    const double u = (x - x_.low) / (x_.high - x_.low);
    const double v = (y - y_.low) / (y_.high - y_.low);
    return {kArea.x + static_cast<int>(std::lround(u * kArea.width)),
            kArea.br().y - static_cast<int>(std::lround(v * kArea.height))};
  }

  void Draw(cv::Mat& canvas) const {
    const double x_step = TickStep(x_);
    for (double x = std::ceil(x_.low / x_step) * x_step; x <= x_.high + 1e-9; x += x_step) {
      const cv::Point foot = At(x, y_.low);
      cv::line(canvas, foot, At(x, y_.high), kGrid, 1);
      Write(canvas, NumberText(x), foot + cv::Point(0, 22), 0.45, 1);
    }
    const double y_step = TickStep(y_);
    for (double y = std::ceil(y_.low / y_step) * y_step; y <= y_.high + 1e-9; y += y_step) {
      const cv::Point foot = At(x_.low, y);
      cv::line(canvas, foot, At(x_.high, y), kGrid, 1);
      Write(canvas, NumberText(y), foot + cv::Point(-8, 5), 0.45, 2);
    }
    cv::rectangle(canvas, kArea, kInk, 1);
  }

 private:
  Range x_;
  Range y_;
};

}  // namespace

Image DrawPlot(const Plot& plot) {
  Check(!plot.lines.empty() && !plot.lines.front().x.empty(), "a plot with points");
  Image image(kWidth, kHeight);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  const double first_x = plot.lines.front().x.front();
  const Axes axes(Spread(plot.lines, &PlotLine::x, {first_x, first_x}),
                  Spread(plot.lines, &PlotLine::y, {plot.y_low, plot.y_high}));
  axes.Draw(canvas);
  // Above the axes, where no line can cross it.
  constexpr int kLegendWidth_px = 230;
  cv::Point legend(kArea.br().x - kLegendWidth_px * static_cast<int>(plot.lines.size()) + 40, 52);
  for (size_t i = 0; i < plot.lines.size(); ++i) {
    const PlotLine& line = plot.lines[i];
    Check(line.x.size() == line.y.size(), "a line with as many x as y");
    const cv::Scalar& colour = kColours[i % kColours.size()];
    std::vector<cv::Point> points;
    for (size_t k = 0; k < line.x.size(); ++k) points.push_back(axes.At(line.x[k], line.y[k]));
    cv::polylines(canvas, points, false, colour, 2, cv::LINE_AA);
    if (points.size() == 1) cv::circle(canvas, points[0], 4, colour, cv::FILLED, cv::LINE_AA);
    cv::line(canvas, legend - cv::Point(34, 5), legend - cv::Point(8, 5), colour, 2, cv::LINE_AA);
    Write(canvas, line.label, legend, 0.5, 0);
    legend.x += kLegendWidth_px;
  }
  Write(canvas, plot.title, {kArea.x, 36}, 0.7, 0);
  Write(canvas, plot.x_label, {kArea.x + kArea.width / 2, kHeight - 30}, 0.5, 1);
  Write(canvas, plot.y_label, {10, kArea.y - 8}, 0.5, 0);
  return image;
}

}  // namespace nosetip

// What the plots share: sizes, axes, text and the colors of errors. Only for .cpp files of this
// folder, since it includes OpenCV.
#pragma once

#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <vector>

#include <opencv2/core.hpp>

#include "tracker/core/image.h"
#include "training/report/plot.h"

namespace nosetip {

inline constexpr int kPlotWidth_px = 960;
inline constexpr int kPlotHeight_px = 600;
// Large enough to be readable where a narrow window shrinks the picture.
inline constexpr double kTextScale = 0.62;
inline constexpr int kLegendRow_px = 66;
inline const cv::Rect kPlotArea(90, 112, 840, 398);
inline const cv::Scalar kInk(40, 40, 40);
inline const cv::Scalar kGridInk(225, 225, 225);
inline const std::array<cv::Scalar, kPlotColors> kLineInks = {
    cv::Scalar(31, 100, 200), cv::Scalar(214, 69, 40),   cv::Scalar(30, 140, 70),
    cv::Scalar(130, 80, 160), cv::Scalar(110, 110, 110), cv::Scalar(225, 160, 0)};

struct PlotRange {
  double low = 0.0;
  double high = 0.0;  // above low
};

// Round numbers: 1, 2 or 5 times a power of ten, about six per range.
double TickStep(const PlotRange& range);

// 1, 2 and 5 times the powers of ten, or only the powers where those are many. Above zero.
std::vector<double> LogarithmicTicks(const PlotRange& range);

// With four significant digits.
std::string NumberText(double value);

enum class Align { kLeft, kCenter, kRight };

// `at` is on the text's baseline. OpenCV's letters are ASCII: others become question marks.
void WriteText(cv::Mat& canvas, const std::string& text, cv::Point at, double scale,
               Align align = Align::kLeft, const cv::Scalar& ink = kInk);

struct PlotText {
  std::string title;
  std::string x_label;
  std::string y_label;
};

class PlotAxes {
 public:
  // With `logarithmic_y`, `y` lies above zero.
  PlotAxes(PlotRange x, PlotRange y, bool logarithmic_y = false)
      : x_(x), y_(y), logarithmic_y_(logarithmic_y) {}

  cv::Point At(double x, double y) const;
  void DrawXTicks(cv::Mat& canvas, double step) const;
  void DrawYTicks(cv::Mat& canvas) const;
  void DrawFrame(cv::Mat& canvas, const PlotText& text) const;

  const PlotRange& x() const { return x_; }
  const PlotRange& y() const { return y_; }
  bool logarithmic_y() const { return logarithmic_y_; }

 private:
  PlotRange x_;
  PlotRange y_;
  bool logarithmic_y_;
};

// Colors of errors are the same in all drawings of a report.
struct ErrorRange {
  double low = 0.0;
  double high = 0.0;  // above low
};

// From the smallest to the largest error, or from zero where they are all one.
inline ErrorRange RangeOfErrors(std::span<const double> errors) {
  const auto [low, high] = std::minmax_element(errors.begin(), errors.end());
  if (*high > *low) return {*low, *high};
  return {0.0, *high > 0.0 ? *high : 1.0};
}

// RGB, from blue over violet to orange: distinguishable with red-green color blindness, and dark
// enough on white.
inline cv::Scalar ErrorColor(double error, const ErrorRange& range) {
  static const cv::Vec3d kStops[] = {{36, 72, 190}, {140, 40, 170}, {220, 60, 90}, {245, 150, 20}};
  const double t = 3.0 * std::clamp((error - range.low) / (range.high - range.low), 0.0, 1.0);
  const int i = std::min(2, static_cast<int>(t));
  const cv::Vec3d c = kStops[i] + (t - i) * (kStops[i + 1] - kStops[i]);
  return {c[0], c[1], c[2]};
}

}  // namespace nosetip

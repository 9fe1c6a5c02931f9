#include "training/report/landmark_errors.h"

#include <algorithm>
#include <numeric>

#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/report/error_colours.h"
#include "training/report/plot_axes.h"

namespace nosetip {
namespace {

// One number a bar; where bars stand close, odd numbers go a line lower so that none touch.
void NumberBars(cv::Mat& canvas, const PlotAxes& axes, int count) {
  constexpr int kRoomOfANumber_px = 24;
  const bool close = kPlotArea.width / count < kRoomOfANumber_px;
  for (int i = 0; i < count; ++i) {
    const cv::Point foot = axes.At(i, 0.0);
    const int drop_px = close && i % 2 == 1 ? 34 : 18;
    WriteText(canvas, std::to_string(i), foot + cv::Point(0, drop_px), 0.42, Align::kCentre);
  }
}

}  // namespace

Image DrawLandmarkBars(const LandmarkErrors& errors) {
  Check(!errors.errors.empty(), "the error of a point or more");
  const int count = static_cast<int>(errors.errors.size());
  const ErrorRange range = RangeOfErrors(errors.errors);
  const double mean = std::accumulate(errors.errors.begin(), errors.errors.end(), 0.0) / count;
  Image image(kPlotWidth_px, kPlotHeight_px);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  const PlotAxes axes({-0.5, count - 0.5}, {0.0, 1.05 * range.high});
  axes.DrawYTicks(canvas);
  constexpr int kWidestBar_px = 80;
  const int width = std::min(kWidestBar_px, std::max(2, kPlotArea.width / count * 4 / 5));
  for (int i = 0; i < count; ++i) {
    const double error = errors.errors[static_cast<size_t>(i)];
    const cv::Point top = axes.At(i, error);
    const cv::Rect bar(top.x - width / 2, top.y, width, kPlotArea.br().y - top.y);
    cv::rectangle(canvas, bar, ErrorColour(error, range), cv::FILLED);
  }
  NumberBars(canvas, axes, count);
  const int level = axes.At(0.0, mean).y;
  cv::line(canvas, {kPlotArea.x, level}, {kPlotArea.br().x, level}, kInk, 1);
  axes.DrawFrame(canvas,
                 {"Mean error of each landmark", "landmark number", "error, " + errors.unit});
  WriteText(canvas, "line: mean of all, " + NumberText(mean), {12, kLegendRow_px}, kTextScale);
  return image;
}

}  // namespace nosetip

#include "training/report/landmark_errors.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/report/plot_axes.h"

namespace nosetip {
namespace {

constexpr int kMapWidth_px = 960;
constexpr int kMapTitle_px = 50;
constexpr int kFaceWidth_px = 820;
constexpr int kTallestFace_px = 1100;
constexpr double kLargestRadius_px = 18.0;
constexpr double kNumberScale = 0.45;

struct Mark {
  cv::Point2d center;
  double radius_px = 0.0;
  std::string number;
};

double Overlap(const cv::Rect& a, const cv::Rect& b) { return (a & b).area(); }

cv::Rect BoxOf(const Mark& mark) {
  const int r = cvCeil(mark.radius_px);
  return {cvRound(mark.center.x) - r, cvRound(mark.center.y) - r, 2 * r + 1, 2 * r + 1};
}

// How much the number of marks[self], written in `box`, hides of other marks and numbers.
double Hidden(const cv::Rect& box, size_t self, const std::vector<Mark>& marks,
              const std::vector<cv::Rect>& numbers, const cv::Rect& paper) {
  constexpr int kRim_px = 3;
  const cv::Rect with_rim(box.x - kRim_px, box.y - kRim_px, box.width + 2 * kRim_px,
                          box.height + 2 * kRim_px);
  double hidden = 4.0 * (box.area() - Overlap(box, paper));
  for (size_t i = 0; i < marks.size(); ++i) {
    if (i == self) continue;
    hidden += Overlap(box, BoxOf(marks[i])) + 3.0 * Overlap(with_rim, numbers[i]);
  }
  return hidden;
}

// The place around a mark, or in its center, where its number hides least.
cv::Rect PlaceNumber(size_t self, const std::vector<Mark>& marks,
                     const std::vector<cv::Rect>& numbers, const cv::Rect& paper) {
  constexpr int kDirections = 16;
  const Mark& mark = marks[self];
  int baseline = 0;
  const cv::Size size =
      cv::getTextSize(mark.number, cv::FONT_HERSHEY_SIMPLEX, kNumberScale, 1, &baseline);
  const cv::Point2d half(size.width / 2.0, size.height / 2.0);
  const double reach = mark.radius_px + 3.0;
  cv::Rect best;
  double least = 1e12;
  for (int turn = 0; turn <= kDirections; ++turn) {
    const bool inside = turn == kDirections;
    const double angle = 2.0 * CV_PI / kDirections * turn;
    const cv::Point2d away((reach + half.x) * std::cos(angle), (reach + half.y) * std::sin(angle));
    const cv::Point2d corner = mark.center - half + (inside ? cv::Point2d() : away);
    const cv::Rect box({cvRound(corner.x), cvRound(corner.y)}, size);
    double hidden = Hidden(box, self, marks, numbers, paper);
    if (inside) hidden += Overlap(box, BoxOf(mark));
    if (hidden < least) {
      least = hidden;
      best = box;
    }
  }
  return best;
}

void DrawNumbers(cv::Mat& canvas, const std::vector<Mark>& marks, const cv::Rect& paper) {
  std::vector<cv::Rect> numbers(marks.size());
  // Each number avoids the others; a few rounds are enough.
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    for (size_t i = 0; i < marks.size(); ++i) {
      numbers[i] = PlaceNumber(i, marks, numbers, paper);
    }
  }
  for (size_t i = 0; i < marks.size(); ++i) {
    const cv::Point at(numbers[i].x, numbers[i].br().y);
    // White letters with a dark rim are readable on any color.
    cv::putText(canvas, marks[i].number, at, cv::FONT_HERSHEY_SIMPLEX, kNumberScale,
                cv::Scalar::all(0), 3, cv::LINE_AA);
    cv::putText(canvas, marks[i].number, at, cv::FONT_HERSHEY_SIMPLEX, kNumberScale,
                cv::Scalar::all(255), 1, cv::LINE_AA);
  }
}

void DrawColorBar(cv::Mat& canvas, const ErrorRange& range, const cv::Rect& face) {
  constexpr int kBarWidth_px = 22;
  const cv::Rect bar(face.br().x + 24, face.y + 60, kBarWidth_px, std::min(400, face.height - 80));
  for (int y = 0; y < bar.height; ++y) {
    const double part = 1.0 - static_cast<double>(y) / std::max(1, bar.height - 1);
    cv::line(canvas, {bar.x, bar.y + y}, {bar.br().x - 1, bar.y + y},
             ErrorColor(range.low + part * (range.high - range.low), range), 1);
  }
  cv::rectangle(canvas, bar, kInk, 1);
  constexpr int kSteps = 4;
  for (int i = 0; i <= kSteps; ++i) {
    const double part = static_cast<double>(i) / kSteps;
    const int y = bar.br().y - 1 - cvRound(part * (bar.height - 1));
    WriteText(canvas, fmt::format("{:.2f}", range.low + part * (range.high - range.low)),
              {bar.br().x + 8, y + 6}, 0.55);
  }
  WriteText(canvas, "error, %", {bar.x, bar.y - 18}, 0.55);
}

std::vector<Mark> MarksOf(const LandmarkErrors& errors, const LandmarkPlaces& places,
                          const cv::Rect& face) {
  const double zoom = static_cast<double>(face.width) / places.face.width_px;
  const double largest = RangeOfErrors(errors.errors).high;
  std::vector<Mark> marks;
  for (size_t i = 0; i < errors.errors.size(); ++i) {
    const Point2f p = places.points_px[i];
    const double radius = kLargestRadius_px * std::sqrt(errors.errors[i] / largest);
    marks.push_back({{face.x + (static_cast<double>(p.x) + 0.5) * zoom - 0.5,
                      face.y + (static_cast<double>(p.y) + 0.5) * zoom - 0.5},
                     std::max(2.5, radius),
                     std::to_string(i)});
  }
  return marks;
}

void DrawMarks(cv::Mat& canvas, const LandmarkErrors& errors, const std::vector<Mark>& marks,
               const std::vector<std::pair<int, int>>& edges) {
  constexpr int kBits = 4;
  const auto fixed = [](cv::Point2d p) {
    return cv::Point(cvRound(p.x * (1 << kBits)), cvRound(p.y * (1 << kBits)));
  };
  for (const auto& [from, to] : edges) {
    cv::line(canvas, fixed(marks[static_cast<size_t>(from)].center),
             fixed(marks[static_cast<size_t>(to)].center), cv::Scalar::all(235), 1, cv::LINE_AA,
             kBits);
  }
  const ErrorRange range = RangeOfErrors(errors.errors);
  for (size_t i = 0; i < marks.size(); ++i) {
    const cv::Point center = fixed(marks[i].center);
    const int radius = cvRound(marks[i].radius_px * (1 << kBits));
    cv::circle(canvas, center, radius, ErrorColor(errors.errors[i], range), cv::FILLED, cv::LINE_AA,
               kBits);
    cv::circle(canvas, center, radius, cv::Scalar::all(255), 1, cv::LINE_AA, kBits);
  }
}

// One number per bar; where bars are narrow, odd numbers go one line lower so that none touch.
void NumberBars(cv::Mat& canvas, const PlotAxes& axes, int count) {
  constexpr int kRoomOfANumber_px = 24;
  const bool close = kPlotArea.width / count < kRoomOfANumber_px;
  for (int i = 0; i < count; ++i) {
    const cv::Point foot = axes.At(i, 0.0);
    const int drop_px = close && i % 2 == 1 ? 34 : 18;
    WriteText(canvas, std::to_string(i), foot + cv::Point(0, drop_px), 0.42, Align::kCenter);
  }
}

}  // namespace

Image DrawLandmarkMap(const LandmarkErrors& errors, const LandmarkPlaces& places) {
  Check(!errors.errors.empty() && errors.errors.size() == places.points_px.size(),
        "a place for each error");
  Check(!places.face.Empty(), "a face to draw on");
  const double zoom = std::min(static_cast<double>(kFaceWidth_px) / places.face.width_px,
                               static_cast<double>(kTallestFace_px) / places.face.height_px);
  const cv::Rect face(0, kMapTitle_px, cvRound(zoom * places.face.width_px),
                      cvRound(zoom * places.face.height_px));
  Image image(kMapWidth_px, face.br().y);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  cv::Mat target = canvas(face);
  cv::resize(MatView(places.face), target, target.size(), 0.0, 0.0, cv::INTER_CUBIC);
  const std::vector<Mark> marks = MarksOf(errors, places, face);
  // Points may lie outside the face's picture; the title and the color bar stay clear.
  DrawMarks(canvas, errors, marks, places.edges);
  DrawNumbers(canvas, marks, face);
  DrawColorBar(canvas, RangeOfErrors(errors.errors), face);
  WriteText(canvas, "Mean error of each landmark, " + errors.unit, {12, 32}, 0.8);
  return image;
}

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
    cv::rectangle(canvas, bar, ErrorColor(error, range), cv::FILLED);
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

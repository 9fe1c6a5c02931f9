#include "training/report/filter_sheet.h"

#include <algorithm>
#include <cmath>

#include <fmt/core.h>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/report/plot_axes.h"

namespace nosetip {
namespace {

constexpr int kWidth_px = 960;
constexpr int kFilterTitle_px = 44;
constexpr int kFilterLabel_px = 22;
constexpr int kGap_px = 6;

float LargestOf(const FloatPlane& plane) {
  float largest = 0.0F;
  for (const float value : plane.values) largest = std::max(largest, std::abs(value));
  return largest;
}

// `white`: the value of white.
cv::Mat GrayOf(const FloatPlane& plane, bool signed_values, float white) {
  Check(plane.width_px > 0 && plane.height_px > 0 &&
            plane.values.size() ==
                static_cast<size_t>(plane.width_px) * static_cast<size_t>(plane.height_px),
        "a plane with all its values");
  const float largest = std::max(white, 1e-12F);
  cv::Mat gray(plane.height_px, plane.width_px, CV_8UC3);
  for (size_t i = 0; i < plane.values.size(); ++i) {
    const float part = plane.values[i] / largest;
    const float level = signed_values ? 127.5F + 127.5F * part : 255.0F * std::max(part, 0.0F);
    const int y = static_cast<int>(i) / plane.width_px;
    const int x = static_cast<int>(i) % plane.width_px;
    gray.at<cv::Vec3b>(y, x) = cv::Vec3b::all(cv::saturate_cast<uint8_t>(level));
  }
  return gray;
}

// As large as fits into the room, at its top left, in its own shape.
void Fit(cv::Mat room, const cv::Mat& picture) {
  const double zoom = std::min(static_cast<double>(room.cols) / picture.cols,
                               static_cast<double>(room.rows) / picture.rows);
  const cv::Size size(std::max(1, cvRound(zoom * picture.cols)),
                      std::max(1, cvRound(zoom * picture.rows)));
  cv::Mat target = room(cv::Rect({0, 0}, size));
  cv::resize(picture, target, size, 0.0, 0.0, zoom < 1.0 ? cv::INTER_AREA : cv::INTER_NEAREST);
  cv::rectangle(target, cv::Rect({0, 0}, size), cv::Scalar::all(170), 1);
}

std::string LabelOf(int number, const FloatPlane& plane) {
  const float largest = LargestOf(plane);
  if (largest == 0.0F) return fmt::format("{}  off", number);
  return fmt::format("{}  {:.2g}", number, largest);
}

}  // namespace

Image DrawFilterSheet(std::span<const FloatPlane> planes, const FilterSheet& sheet) {
  Check(!planes.empty() && sheet.columns > 0, "a sheet with planes");
  Check(sheet.numbers.empty() || sheet.numbers.size() == planes.size(), "a number for each plane");
  const size_t before = sheet.input.Empty() ? 0 : 1;
  const int count = static_cast<int>(planes.size() + before);
  const int columns = std::min(sheet.columns, count);
  const int rows = (count + columns - 1) / columns;
  // A few tiles alone would become too large.
  const int tile_width = std::min(kWidth_px / columns, 240);
  const int room_width = tile_width - kGap_px;
  const int room_height = std::max(
      1, cvRound(static_cast<double>(room_width) * planes[0].height_px / planes[0].width_px));
  const int tile_height = room_height + kFilterLabel_px;
  Image image(kWidth_px, kFilterTitle_px + rows * tile_height);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  WriteText(canvas, sheet.title, {3, 28}, 0.65);
  for (int i = 0; i < count; ++i) {
    const cv::Point corner((i % columns) * tile_width + kGap_px / 2,
                           kFilterTitle_px + (i / columns) * tile_height);
    const bool is_input = static_cast<size_t>(i) < before;
    const size_t plane = static_cast<size_t>(i) - (is_input ? 0 : before);
    const int number = sheet.numbers.empty() ? static_cast<int>(plane) : sheet.numbers[plane];
    cv::Mat room = canvas(cv::Rect(corner, cv::Size(room_width, room_height)));
    Fit(room, is_input ? MatView(sheet.input)
                       : GrayOf(planes[plane], sheet.signed_values, LargestOf(planes[plane])));
    WriteText(canvas, is_input ? "input" : LabelOf(number, planes[plane]),
              corner + cv::Point(1, room_height + 15), 0.42);
  }
  return image;
}

Image DrawKernelSheet(std::span<const std::vector<FloatPlane>> filters, const std::string& title) {
  Check(!filters.empty() && !filters[0].empty(), "a sheet with filters");
  constexpr int kNumber_px = 40;
  constexpr int kLargestTile_px = 46;
  constexpr int kHead_px = kFilterTitle_px + 20;
  const int columns = static_cast<int>(filters[0].size());
  const int rows = static_cast<int>(filters.size());
  const int tile = std::min(kLargestTile_px, (kWidth_px - kNumber_px) / columns);
  Image image(kWidth_px, kHead_px + rows * tile + kGap_px);
  cv::Mat canvas = MatView(image);
  canvas.setTo(cv::Scalar::all(255));
  WriteText(canvas, title, {3, 28}, 0.65);
  const auto center = [tile](int i) { return i * tile + tile / 2; };
  for (int column = 0; column < columns; ++column) {
    WriteText(canvas, std::to_string(column), {kNumber_px + center(column), kHead_px - 5}, 0.42,
              Align::kCenter);
  }
  for (int row = 0; row < rows; ++row) {
    const std::vector<FloatPlane>& filter = filters[static_cast<size_t>(row)];
    WriteText(canvas, std::to_string(row), {kNumber_px - 8, kHead_px + center(row) + 5}, 0.42,
              Align::kRight);
    float white = 0.0F;
    for (const FloatPlane& plane : filter) white = std::max(white, LargestOf(plane));
    for (int column = 0; column < columns; ++column) {
      const cv::Rect place(kNumber_px + column * tile, kHead_px + row * tile, tile - 4, tile - 4);
      Fit(canvas(place), GrayOf(filter.at(static_cast<size_t>(column)), true, white));
    }
  }
  return image;
}

}  // namespace nosetip

#include "tracker/vision/canvas.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr int kFixedBits = 4;  // OpenCV's drawing takes coordinates in 1/16 pixel
constexpr int kFont = cv::FONT_HERSHEY_SIMPLEX;
constexpr float kFontCapitals = 21.0F;  // height of its capital letters at scale 1

cv::Rect Within(const Image& image, const RectF& region) {
  const auto left =
      static_cast<int>(std::floor(std::clamp(region.x, 0.0F, static_cast<float>(image.width_px))));
  const auto top =
      static_cast<int>(std::floor(std::clamp(region.y, 0.0F, static_cast<float>(image.height_px))));
  const auto right = static_cast<int>(
      std::ceil(std::clamp(region.x + region.width, 0.0F, static_cast<float>(image.width_px))));
  const auto bottom = static_cast<int>(
      std::ceil(std::clamp(region.y + region.height, 0.0F, static_cast<float>(image.height_px))));
  return {left, top, std::max(0, right - left), std::max(0, bottom - top)};
}

}  // namespace

Canvas::Canvas(Image& image, const RectF& region, float finest_px)
    : image_(image), region_(Within(image, region)) {
  constexpr float kSmoothPx = 2.0F;  // a line this wide has smooth edges
  zoom_ = std::clamp(static_cast<int>(std::ceil(kSmoothPx / std::max(finest_px, 0.1F))), 1, 4);
  if (Empty()) return;
  cv::resize(MatView(image_)(region_), layer_, {}, zoom_, zoom_, cv::INTER_NEAREST);
  mask_ = cv::Mat::zeros(layer_.size(), CV_8UC1);
}

cv::Point Canvas::Fixed(Point2f p) const {
  const auto zoom = static_cast<float>(zoom_);
  const float x = (p.x - static_cast<float>(region_.x) + 0.5F) * zoom - 0.5F;
  const float y = (p.y - static_cast<float>(region_.y) + 0.5F) * zoom - 0.5F;
  // Far outside, OpenCV's fixed point would overflow.
  constexpr float kFar = 1e5F;
  constexpr float kOne = 1 << kFixedBits;
  return {static_cast<int>(std::lround(std::clamp(x, -kFar, kFar) * kOne)),
          static_cast<int>(std::lround(std::clamp(y, -kFar, kFar) * kOne))};
}

int Canvas::Scaled(float length_px) const {
  return std::max(1, static_cast<int>(std::lround(length_px * static_cast<float>(zoom_))));
}

cv::Rect Canvas::Around(std::span<const cv::Point> fixed, float width_px) const {
  cv::Rect bounds = cv::boundingRect(std::vector<cv::Point>(fixed.begin(), fixed.end()));
  const int room = Scaled(width_px) + 3;
  bounds = {(bounds.x >> kFixedBits) - room, (bounds.y >> kFixedBits) - room,
            (bounds.width >> kFixedBits) + 2 * room, (bounds.height >> kFixedBits) + 2 * room};
  return bounds & cv::Rect({}, layer_.size());
}

void Canvas::Apply(const cv::Rect& part, const Ink& ink) {
  const int alpha = static_cast<int>(std::lround(256.0F * ink.alpha));
  for (int y = part.y; y < part.y + part.height; ++y) {
    auto* cover = mask_.ptr<uint8_t>(y);
    auto* pixel = layer_.ptr<cv::Vec3b>(y);
    for (int x = part.x; x < part.x + part.width; ++x) {
      if (cover[x] == 0) continue;
      const int weight = cover[x] * alpha / 255;
      for (int c = 0; c < 3; ++c) {
        pixel[x][c] =
            static_cast<uint8_t>((pixel[x][c] * (256 - weight) + ink.rgb[c] * weight) >> 8);
      }
      cover[x] = 0;
    }
  }
}

void Canvas::Lines(std::span<const std::pair<Point2f, Point2f>> lines, float width_px,
                   const Ink& ink) {
  if (Empty() || lines.empty()) return;
  std::vector<cv::Point> ends;
  for (const auto& [a, b] : lines) {
    ends.push_back(Fixed(a));
    ends.push_back(Fixed(b));
    cv::line(mask_, ends[ends.size() - 2], ends.back(), 255, Scaled(width_px), cv::LINE_AA,
             kFixedBits);
  }
  Apply(Around(ends, width_px), ink);
}

void Canvas::Discs(std::span<const Point2f> centers, float radius_px, const Ink& ink) {
  if (Empty() || centers.empty()) return;
  const float radius = radius_px * static_cast<float>(zoom_) * (1 << kFixedBits);
  std::vector<cv::Point> fixed;
  for (const Point2f& center : centers) {
    fixed.push_back(Fixed(center));
    cv::circle(mask_, fixed.back(), std::max(1, static_cast<int>(std::lround(radius))), 255,
               cv::FILLED, cv::LINE_AA, kFixedBits);
  }
  Apply(Around(fixed, radius_px), ink);
}

void Canvas::RoundedBox(const RectF& box, float radius_px, const Ink& ink) {
  if (Empty()) return;
  const float r = std::min({radius_px, 0.5F * box.width, 0.5F * box.height});
  constexpr int kStepsPerCorner = 8;
  std::vector<cv::Point> outline;
  const Point2f centers[] = {{box.x + box.width - r, box.y + box.height - r},
                             {box.x + r, box.y + box.height - r},
                             {box.x + r, box.y + r},
                             {box.x + box.width - r, box.y + r}};
  for (int corner = 0; corner < 4; ++corner) {
    for (int i = 0; i <= kStepsPerCorner; ++i) {
      const double turn = (corner + static_cast<double>(i) / kStepsPerCorner) * CV_PI / 2.0;
      outline.push_back(Fixed(centers[corner] + r * Point2f{static_cast<float>(std::cos(turn)),
                                                            static_cast<float>(std::sin(turn))}));
    }
  }
  cv::fillConvexPoly(mask_, outline, 255, cv::LINE_AA, kFixedBits);
  Apply(Around(outline, 1.0F), ink);
}

void Canvas::Text(const std::string& text, Point2f left_baseline, float height_px, const Ink& ink) {
  if (Empty()) return;
  const cv::Point start = Fixed(left_baseline);
  const double scale = height_px * static_cast<float>(zoom_) / kFontCapitals;
  cv::putText(mask_, text, {start.x >> kFixedBits, start.y >> kFixedBits}, kFont, scale, 255,
              Scaled(0.115F * height_px), cv::LINE_AA);
  const cv::Point ends[] = {start,
                            Fixed(left_baseline + Point2f{TextWidth(text, height_px), 0.0F})};
  Apply(Around(ends, 2.0F * height_px), ink);
}

void Canvas::Commit() {
  if (Empty()) return;
  cv::Mat target = MatView(image_)(region_);
  cv::resize(layer_, target, region_.size(), 0.0, 0.0, cv::INTER_AREA);
}

float TextWidth(const std::string& text, float height_px) {
  // Measured large, as OpenCV gives whole pixels.
  constexpr double kScale = 10.0;
  const cv::Size size = cv::getTextSize(text, kFont, kScale, 1, nullptr);
  return static_cast<float>(size.width / kScale) * height_px / kFontCapitals;
}

}  // namespace nosetip

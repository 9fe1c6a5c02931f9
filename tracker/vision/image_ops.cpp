#include "tracker/vision/image_ops.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/core/error.h"
#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr float kLargestSidePx = 1024.0F;

int SidePx(float side_px) {
  Check(side_px > 0.0F && std::isfinite(side_px), "a view of a positive side");
  return std::max(1, static_cast<int>(std::lround(std::min(side_px, kLargestSidePx))));
}

}  // namespace

Affine2 FrameFromTurned(Point2f center, float side_px, float roll_rad) {
  const int side = SidePx(side_px);
  const float scale = side_px / static_cast<float>(side);
  const float middle = 0.5F * static_cast<float>(side - 1);
  const Point2f turned = Affine2::Similarity(scale, roll_rad, {}).Apply({middle, middle});
  return Affine2::Similarity(scale, roll_rad, center - turned);
}

TurnedView CutTurned(const Image& image, Point2f center, float side_px, float roll_rad) {
  Check(!image.Empty(), "a view of an empty picture");
  const int side = SidePx(side_px);
  TurnedView view{Image(side, side), FrameFromTurned(center, side_px, roll_rad)};
  const auto& m = view.frame_from_view.m;
  const cv::Matx23f frame_from_view(m.data());
  cv::Mat pixels = MatView(view.picture);
  WithOpenCv("a picture that is turned", [&] {
    cv::warpAffine(MatView(image), pixels, frame_from_view, pixels.size(),
                   cv::INTER_LINEAR | cv::WARP_INVERSE_MAP, cv::BORDER_REPLICATE);
    return 0;
  });
  return view;
}

Image Thumbnail(const Image& image, SizePx room_px) {
  Check(!image.Empty() && room_px.width > 0 && room_px.height > 0, "a picture and room for it");
  const double scale = std::min({1.0, static_cast<double>(room_px.width) / image.width_px,
                                 static_cast<double>(room_px.height) / image.height_px});
  Image small(std::max(1, static_cast<int>(std::lround(scale * image.width_px))),
              std::max(1, static_cast<int>(std::lround(scale * image.height_px))));
  cv::Mat target = MatView(small);
  WithOpenCv("thumbnail",
             [&] { cv::resize(MatView(image), target, target.size(), 0.0, 0.0, cv::INTER_AREA); });
  return small;
}

std::vector<uint8_t> JpegOf(const Image& image, int quality) {
  Check(!image.Empty(), "a picture");
  return WithOpenCv("JPEG", [&] {
    std::vector<uint8_t> bytes;
    cv::imencode(".jpg", BgrFromImage(image), bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    return bytes;
  });
}

}  // namespace nosetip

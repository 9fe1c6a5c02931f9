#include "tracker/output/video_planes.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

cv::Mat Fitted(const cv::Mat& rgb, const cv::Size& size) {
  if (rgb.size() == size) return rgb;
  const double scale = std::min(static_cast<double>(size.width) / rgb.cols,
                                static_cast<double>(size.height) / rgb.rows);
  const cv::Size scaled(
      std::clamp(static_cast<int>(std::lround(scale * rgb.cols)), 1, size.width),
      std::clamp(static_cast<int>(std::lround(scale * rgb.rows)), 1, size.height));
  cv::Mat fitted(size, CV_8UC3, cv::Scalar::all(0));
  cv::Mat inside = fitted(
      cv::Rect({(size.width - scaled.width) / 2, (size.height - scaled.height) / 2}, scaled));
  cv::resize(rgb, inside, scaled, 0.0, 0.0, cv::INTER_AREA);
  return fitted;
}

}  // namespace

cv::Mat EvenPlanes(const Image& image, SizePx size) {
  cv::Mat rgb = Fitted(MatView(image), {size.width, size.height});
  const int more_columns = rgb.cols % 2;
  const int more_rows = rgb.rows % 2;
  if (more_columns + more_rows > 0) {
    cv::copyMakeBorder(rgb, rgb, 0, more_rows, 0, more_columns, cv::BORDER_REPLICATE);
  }
  cv::Mat planes;
  cv::cvtColor(rgb, planes, cv::COLOR_RGB2YUV_I420);
  return planes;
}

}  // namespace nosetip

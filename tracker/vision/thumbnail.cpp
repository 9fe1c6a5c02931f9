#include "tracker/vision/thumbnail.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

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

}  // namespace nosetip

#include "tracker/vision/jpeg_bytes.h"

#include <cstdint>
#include <vector>

#include <opencv2/imgcodecs.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {

std::string JpegBytes(const Image& image, int quality) {
  return WithOpenCv("JPEG", [&] {
    std::vector<uint8_t> bytes;
    cv::imencode(".jpg", BgrFromImage(image), bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
    return std::string(bytes.begin(), bytes.end());
  });
}

}  // namespace nosetip

#include "tracker/vision/opencv_bridge.h"

#include <cstdlib>
#include <mutex>

#include <opencv2/core/utils/logger.hpp>
#include <opencv2/imgproc.hpp>

namespace nosetip {
namespace {

// Called by OpenCV in place of its own report, which the exception contains, too.
int IgnoreError(int, const char*, const char*, const char*, int, void*) { return 0; }

int CodeToRgb(int channels) {
  switch (channels) {
    case 1:
      return cv::COLOR_GRAY2RGB;
    case 4:
      return cv::COLOR_BGRA2RGB;
    default:
      return cv::COLOR_BGR2RGB;
  }
}

}  // namespace

Image ImageFromBgr(const cv::Mat& picture) {
  Check(picture.depth() == CV_8U, "an 8-bit picture");
  Image image(picture.cols, picture.rows);
  if (image.Empty()) return image;
  cv::Mat rgb = MatView(image);
  cv::cvtColor(picture, rgb, CodeToRgb(picture.channels()));
  return image;
}

cv::Mat BgrFromImage(const Image& image) {
  cv::Mat bgr;
  cv::cvtColor(MatView(image), bgr, cv::COLOR_RGB2BGR);
  return bgr;
}

void QuietOpenCv() {
  static std::once_flag once;
  std::call_once(once, [] {
    if (std::getenv("OPENCV_LOG_LEVEL") == nullptr) {
      cv::utils::logging::setLogLevel(cv::utils::logging::LOG_LEVEL_SILENT);
    }
    // OpenCV reads this when it opens its first video. -8 is FFmpeg's AV_LOG_QUIET.
    setenv("OPENCV_FFMPEG_LOGLEVEL", "-8", 0);
    cv::redirectError(IgnoreError);
  });
}

}  // namespace nosetip

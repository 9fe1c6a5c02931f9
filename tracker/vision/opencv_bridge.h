// Converts between the project's types and OpenCV's. Only for .cpp files.
#pragma once

#include <string>
#include <utility>

#include <fmt/core.h>
#include <opencv2/core.hpp>

#include "tracker/core/error.h"
#include "tracker/core/image.h"

namespace nosetip {

// The picture's own pixels as a matrix of RGB; valid while the picture is.
inline cv::Mat MatView(Image& image) {
  return {image.height_px, image.width_px, CV_8UC3, image.rgb.data()};
}
// The same to read from; must not be written to.
inline cv::Mat MatView(const Image& image) {
  return {image.height_px, image.width_px, CV_8UC3, const_cast<uint8_t*>(image.rgb.data())};
}

// A copy of an 8-bit picture of OpenCV's: gray, BGR or BGRA.
Image ImageFromBgr(const cv::Mat& picture);
// An RGB picture as OpenCV's BGR.
cv::Mat BgrFromImage(const Image& image);

// Keeps OpenCV and its FFmpeg from writing to the terminal, as problems become an Error. Respects
// OPENCV_LOG_LEVEL and OPENCV_FFMPEG_LOGLEVEL where the user has set them.
void QuietOpenCv();

// Runs `work`; an exception of OpenCV's becomes an Error that starts with `thing`.
template <typename Work>
auto WithOpenCv(const std::string& thing, Work&& work) {
  QuietOpenCv();
  try {
    return std::forward<Work>(work)();
  } catch (const cv::Exception& e) {
    throw Error(fmt::format("{}: OpenCV failed: {}", thing, e.err));
  }
}

}  // namespace nosetip

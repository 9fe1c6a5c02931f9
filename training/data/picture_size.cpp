#include "training/data/picture_size.h"

#include <system_error>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

PictureSize SizeOfPicture(const fs::path& picture) {
  std::error_code ignored;
  if (!fs::is_regular_file(picture, ignored)) {
    throw Error(
        fmt::format("the picture {} is missing; put it back beside its labels", picture.string()));
  }
  cv::Mat pixels;
  try {
    pixels = cv::imread(picture.string(), cv::IMREAD_GRAYSCALE);
  } catch (const cv::Exception&) {
    pixels.release();
  }
  if (pixels.empty()) {
    throw Error(fmt::format("the picture {} cannot be decoded; take a fresh copy from its data set",
                            picture.string()));
  }
  return {pixels.cols, pixels.rows};
}

}  // namespace nosetip

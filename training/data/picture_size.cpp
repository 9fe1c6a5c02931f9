#include "training/data/picture_size.h"

#include <system_error>

#include <fmt/core.h>
#include <opencv2/imgcodecs.hpp>

#include "tracker/core/error.h"
#include "tracker/sources/picture_file.h"

namespace nosetip {

namespace fs = std::filesystem;

PictureSize SizeOfPicture(const fs::path& picture) {
  std::error_code ignored;
  if (!fs::is_regular_file(picture, ignored)) {
    throw Error(
        fmt::format("the picture {} is missing; put it back beside its labels", picture.string()));
  }
  const cv::Mat pixels = DecodePictureFile(picture.string(), cv::IMREAD_GRAYSCALE);
  return {pixels.cols, pixels.rows};
}

}  // namespace nosetip

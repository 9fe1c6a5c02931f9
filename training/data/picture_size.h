// How large a picture of a data set is.
#pragma once

#include <filesystem>

namespace nosetip {

struct PictureSize {
  int width_px = 0;
  int height_px = 0;
};

// Opens the picture. Throws Error where it is missing or broken.
PictureSize SizeOfPicture(const std::filesystem::path& picture);

}  // namespace nosetip

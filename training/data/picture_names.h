// Finding the picture that an annotation belongs to.
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>
#include <vector>

namespace nosetip {

// Whether the name ends like a picture's: .jpg, .jpeg, .png or .bmp, in either case.
bool HasPictureExtension(std::string_view file_name);

// The picture beside `annotation` with the same stem; nothing where there is none.
std::optional<std::filesystem::path> PictureBeside(const std::filesystem::path& annotation);

// Every picture below the folder, sorted by path. Throws Error where there is no such folder or no
// picture in it.
std::vector<std::filesystem::path> PicturesBelow(const std::filesystem::path& folder);

struct PictureSize {
  int width_px = 0;
  int height_px = 0;
};

// Opens the picture. Throws Error where it is missing or broken.
PictureSize SizeOfPicture(const std::filesystem::path& picture);

}  // namespace nosetip

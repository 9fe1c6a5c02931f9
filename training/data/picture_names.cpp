#include "training/data/picture_names.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <string>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// The first one that exists is taken.
constexpr std::array<std::string_view, 8> kExtensions = {".jpg", ".png", ".jpeg", ".bmp",
                                                         ".JPG", ".PNG", ".JPEG", ".BMP"};

bool AllDigits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// What follows the last underscore of the file's name, where something stands before it.
std::string_view LastWord(std::string_view name) {
  const size_t at = name.rfind('_');
  const size_t start = name.rfind('/') + 1;  // 0 where there is no '/'
  if (at == std::string_view::npos || at <= start) return {};
  return name.substr(at + 1);
}

std::string_view WithoutLastWord(std::string_view name) { return name.substr(0, name.rfind('_')); }

}  // namespace

bool HasPictureExtension(std::string_view file_name) {
  std::string extension = fs::path(file_name).extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return std::ranges::find(kExtensions, extension) != kExtensions.end();
}

std::optional<fs::path> PictureBeside(const fs::path& annotation) {
  for (const std::string_view extension : kExtensions) {
    fs::path picture = annotation;
    picture.replace_extension(extension);
    std::error_code ignored;
    if (fs::is_regular_file(picture, ignored)) return picture;
  }
  return std::nullopt;
}

std::vector<fs::path> PicturesBelow(const fs::path& folder) {
  std::error_code ignored;
  if (!fs::is_directory(folder, ignored)) {
    throw Error(
        fmt::format("there is no folder {} with pictures; check the path", folder.string()));
  }
  std::vector<fs::path> pictures;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && HasPictureExtension(entry.path().filename().string())) {
      pictures.push_back(entry.path());
    }
  }
  if (pictures.empty()) throw Error(folder.string() + " holds no picture (.jpg, .png or .bmp)");
  std::ranges::sort(pictures);
  return pictures;
}

std::string PhotographOf(std::string_view name) {
  if (LastWord(name) == "mirror") name = WithoutLastWord(name);
  const std::string_view number = LastWord(name);
  const bool counts_faces = AllDigits(number) && number.size() <= 2 && number.front() != '0';
  return std::string(counts_faces ? WithoutLastWord(name) : name);
}

std::string PersonOfFrame(std::string_view name) {
  const std::string_view number = LastWord(name);
  return std::string(AllDigits(number) && number.size() <= 2 ? WithoutLastWord(name) : name);
}

std::string PersonOfImm(std::string_view name) {
  const size_t dash = name.find('-', name.rfind('/') + 1);
  return std::string(name.substr(0, dash));
}

std::string TopFolderOf(std::string_view name) {
  const size_t slash = name.find('/');
  return std::string(slash == std::string_view::npos ? "" : name.substr(0, slash));
}

}  // namespace nosetip

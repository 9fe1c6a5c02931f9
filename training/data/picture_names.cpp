#include "training/data/picture_names.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <system_error>
#include <vector>

#include "tracker/sources/file_kinds.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

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

std::optional<fs::path> PictureBeside(const fs::path& annotation) {
  fs::path picture = annotation;
  std::vector<std::string> extensions(PictureExtensions().begin(), PictureExtensions().end());
  for (const std::string_view lower : PictureExtensions()) {
    std::string& upper = extensions.emplace_back(lower);
    std::ranges::transform(lower, upper.begin(),
                           [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  }
  for (const std::string& extension : extensions) {
    std::error_code ignored;
    if (fs::is_regular_file(picture.replace_extension(extension), ignored)) return picture;
  }
  return std::nullopt;
}

std::optional<NamedFile> FileNamed(const std::string& name,
                                   std::initializer_list<fs::path> folders) {
  std::string with_slashes = name;
  std::ranges::replace(with_slashes, '\\', '/');
  for (const std::string& candidate : {name, with_slashes}) {
    for (const fs::path& folder : folders) {
      std::error_code ignored;
      if (!fs::is_regular_file(folder / candidate, ignored)) continue;
      return NamedFile{folder / candidate, candidate};
    }
  }
  return std::nullopt;
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

#include "tracker/sources/file_kinds.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <utility>

#include <fmt/core.h>

namespace nosetip {
namespace {

// Of several pictures with the same name, PictureBeside takes the first.
constexpr std::string_view kPictureExtensions[] = {
    ".jpg", ".png", ".jpeg", ".bmp",  ".webp", ".tif", ".tiff", ".heic", ".heif", ".hif", ".avif",
    ".jp2", ".j2k", ".jpe",  ".jfif", ".dib",  ".pgm", ".ppm",  ".pnm",  ".pbm",  ".pam"};
constexpr std::string_view kVideoExtensions[] = {
    ".mp4",  ".m4v", ".mov",  ".avi",   ".mkv", ".webm", ".mpg", ".mpeg", ".ts",   ".mts",
    ".m2ts", ".m2v", ".vob",  ".wmv",   ".flv", ".f4v",  ".ogv", ".3gp",  ".3g2",  ".mxf",
    ".dv",   ".gif", ".mjpg", ".mjpeg", ".264", ".h264", ".265", ".h265", ".hevc", ".y4m"};

}  // namespace

std::string LowerExtension(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  std::ranges::transform(extension, extension.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return extension;
}

std::span<const std::string_view> PictureExtensions() { return kPictureExtensions; }

std::optional<SourceKind> KindByExtension(const std::filesystem::path& path) {
  const std::string extension = LowerExtension(path);
  const auto is_in = [&](const auto& known) {
    return std::ranges::find(known, extension) != std::end(known);
  };
  if (is_in(kPictureExtensions)) return SourceKind::kPicture;
  if (is_in(kVideoExtensions)) return SourceKind::kVideoFile;
  return std::nullopt;
}

std::string CountByExtension(const std::vector<std::filesystem::path>& files) {
  if (files.empty()) return "";
  std::map<std::string, int> count_of;
  for (const auto& file : files) ++count_of[LowerExtension(file)];
  std::vector<std::pair<std::string, int>> counts(count_of.begin(), count_of.end());
  std::ranges::stable_sort(counts, std::greater(), &std::pair<std::string, int>::second);
  constexpr size_t kMaxListed = 8;
  std::string list;
  size_t others = files.size();
  for (const auto& [extension, count] :
       std::span(counts).first(std::min(counts.size(), kMaxListed))) {
    list += fmt::format("{}{} {}", list.empty() ? "" : ", ", count,
                        extension.empty() ? "without extension" : extension);
    others -= static_cast<size_t>(count);
  }
  if (others > 0) list += fmt::format(", {} others", others);
  return fmt::format("{} file{} ({})", files.size(), files.size() == 1 ? "" : "s", list);
}

}  // namespace nosetip

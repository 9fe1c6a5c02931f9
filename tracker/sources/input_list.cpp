#include "tracker/sources/input_list.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <optional>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"
#include "tracker/sources/sequence_pattern.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kPictureExtensions[] = {
    ".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".pgm", ".ppm", ".pnm", ".jp2"};
constexpr std::string_view kVideoExtensions[] = {
    ".mp4",  ".m4v", ".mov", ".avi", ".mkv", ".webm", ".mpg",  ".mpeg",  ".ts",  ".mts",
    ".m2ts", ".wmv", ".flv", ".ogv", ".3gp", ".gif",  ".mjpg", ".mjpeg", ".264", ".h264"};

std::optional<SourceKind> KindByExtension(const fs::path& path) {
  std::string extension = path.extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto is_in = [&](const auto& known) {
    return std::find(std::begin(known), std::end(known), extension) != std::end(known);
  };
  if (is_in(kPictureExtensions)) return SourceKind::kPicture;
  if (is_in(kVideoExtensions)) return SourceKind::kVideoFile;
  return std::nullopt;
}

std::vector<Input> ListFolder(const std::string& folder) {
  std::vector<Input> inputs;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const auto kind = KindByExtension(entry.path());
    const bool hidden = entry.path().filename().string().starts_with(".");
    std::error_code ignored;
    if (!kind || hidden || !entry.is_regular_file(ignored)) continue;
    inputs.push_back({entry.path().string(), *kind});
  }
  if (problem) {
    throw Error(fmt::format("{}: the folder cannot be read: {}; check its permissions", folder,
                            problem.message()));
  }
  if (inputs.empty()) {
    throw Error(folder +
                ": the folder contains no videos and no pictures (subfolders are not searched); "
                "name the folder that does");
  }
  std::sort(inputs.begin(), inputs.end(),
            [](const Input& a, const Input& b) { return a.source < b.source; });
  return inputs;
}

}  // namespace

std::vector<Input> ListInputs(std::span<const std::string> arguments) {
  std::vector<Input> inputs;
  for (const std::string& given : arguments) {
    const std::string argument = WithoutFileScheme(given);
    std::error_code ignored;
    if (fs::is_directory(argument, ignored) && !CameraIndex(argument)) {
      const std::vector<Input> found = ListFolder(argument);
      inputs.insert(inputs.end(), found.begin(), found.end());
      continue;
    }
    const SourceKind kind = KindOfSource(argument);
    // Throws for a mistyped pattern now, and not after hours of other inputs.
    if (kind == SourceKind::kPictureSequence) ListSequence(argument);
    inputs.push_back({argument, kind});
  }
  return inputs;
}

}  // namespace nosetip

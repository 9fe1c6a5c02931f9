#include "tracker/sources/input_list.h"

#include <algorithm>
#include <cctype>
#include <charconv>
#include <filesystem>
#include <optional>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"

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

// The number in `name`, where the pattern would write it that way.
std::optional<int64_t> NumberOf(const SequencePattern& pattern, const std::string& name) {
  if (name.size() <= pattern.prefix.size() + pattern.suffix.size()) return std::nullopt;
  if (!name.starts_with(pattern.prefix) || !name.ends_with(pattern.suffix)) return std::nullopt;
  const char* begin = name.data() + pattern.prefix.size();
  const char* end = name.data() + name.size() - pattern.suffix.size();
  int64_t number = -1;
  const auto [stop, problem] = std::from_chars(begin, end, number);
  if (problem != std::errc() || stop != end || number < 0) return std::nullopt;
  if (fs::path(pattern.PathOf(number)).filename() != name) return std::nullopt;
  return number;
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

std::string SequencePattern::PathOf(int64_t number) const {
  return (fs::path(folder) / fmt::format("{}{:0{}}{}", prefix, number, digits, suffix)).string();
}

std::optional<SequencePattern> ParseSequencePattern(const std::string& pattern) {
  const fs::path path(pattern);
  const std::string name = path.filename().string();
  const size_t percent = name.find('%');
  if (percent == std::string::npos || name.find('%', percent + 1) != std::string::npos) {
    return std::nullopt;
  }
  size_t at = percent + 1;
  int digits = 0;
  if (at < name.size() && name[at] == '0') ++at;
  if (at < name.size() && name[at] >= '1' && name[at] <= '9') digits = name[at++] - '0';
  if (at >= name.size() || name[at] != 'd') return std::nullopt;
  return SequencePattern{path.parent_path().string(), name.substr(0, percent), name.substr(at + 1),
                         digits};
}

std::vector<std::string> ListSequence(const std::string& pattern) {
  const auto parsed = ParseSequencePattern(pattern);
  Check(parsed.has_value(), "a sequence pattern");
  const fs::path folder = parsed->folder.empty() ? fs::path(".") : fs::path(parsed->folder);
  std::error_code problem;
  std::vector<int64_t> numbers;
  for (const auto& entry : fs::directory_iterator(folder, problem)) {
    const auto number = NumberOf(*parsed, entry.path().filename().string());
    if (number) numbers.push_back(*number);
  }
  if (problem) {
    throw Error(fmt::format("{}: the folder {} cannot be read: {}; check its permissions", pattern,
                            folder.string(), problem.message()));
  }
  if (numbers.empty()) {
    throw Error(pattern + ": no file matches; check the pattern and its number of digits");
  }
  std::sort(numbers.begin(), numbers.end());
  std::vector<std::string> paths;
  for (size_t i = 0; i < numbers.size(); ++i) {
    const int64_t expected = numbers.front() + static_cast<int64_t>(i);
    if (numbers[i] != expected) {
      throw Error(
          fmt::format("{}: number {} is missing, but {} exists; number the pictures without gaps",
                      pattern, expected, numbers[i]));
    }
    paths.push_back(parsed->PathOf(numbers[i]));
  }
  return paths;
}

}  // namespace nosetip

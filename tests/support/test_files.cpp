#include "tests/support/test_files.h"

#include <fstream>
#include <iterator>
#include <random>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"

namespace nosetip {

namespace fs = std::filesystem;

TempFolder::TempFolder() {
  std::random_device random;
  do {
    path_ = fs::temp_directory_path() / fmt::format("nosetip-test-{}", random());
  } while (!fs::create_directory(path_));
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void WriteText(const fs::path& path, std::string_view text) {
  fs::create_directories(path.parent_path());
  std::ofstream out(path, std::ios::binary);
  out << text;
  Check(static_cast<bool>(out.flush()), "writing " + path.string());
}

std::string ReadText(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Check(static_cast<bool>(in), "reading " + path.string());
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> ReadLines(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  Check(static_cast<bool>(in), "reading " + path.string());
  std::vector<std::string> lines;
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

std::optional<fs::path> DetectorPath(std::string_view name) {
  if (name == kOwnDetector) return AssetPath("models/face_detector.onnx");
  return SharedPath("models/" + std::string(name));
}

std::optional<fs::path> SharedPath(std::string_view name) {
  const fs::path path = fs::path(NOSETIP_SOURCE_DIR).parent_path() / "shared" / name;
  std::error_code ignored;
  return fs::exists(path, ignored) ? std::optional(path) : std::nullopt;
}

}  // namespace nosetip

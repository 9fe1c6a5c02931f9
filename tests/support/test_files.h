// Files that tests make and read.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace nosetip {

// An empty folder of its own for one test, removed with all it holds.
class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(std::string_view name) const { return path_ / name; }

 private:
  std::filesystem::path path_;
};

// Makes the folders above the file too.
void WriteText(const std::filesystem::path& path, std::string_view text);
std::string ReadText(const std::filesystem::path& path);
std::vector<std::string> ReadLines(const std::filesystem::path& path);

// The path of real data in ../shared beside the checkout, such as "data/300w"; nothing where it is
// not there. A test without its data calls GTEST_SKIP.
std::optional<std::filesystem::path> SharedPath(std::string_view name);

// A face detector by its file's name: the project's own, which is always there, or one of
// ../shared/models.
std::optional<std::filesystem::path> DetectorPath(std::string_view name);
inline constexpr const char* kOwnDetector = "face_detector.onnx";

}  // namespace nosetip

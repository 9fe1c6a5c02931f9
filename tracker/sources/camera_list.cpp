#include "tracker/sources/camera_list.h"

#include <algorithm>
#include <charconv>
#include <fstream>
#include <optional>

namespace nosetip {
namespace {

namespace fs = std::filesystem;

std::string FirstLine(const fs::path& path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

std::optional<int> IndexOfDevice(const std::string& name) {
  constexpr std::string_view kPrefix = "video";
  if (!name.starts_with(kPrefix)) return std::nullopt;
  int index = -1;
  const char* end = name.data() + name.size();
  const auto [stop, problem] = std::from_chars(name.data() + kPrefix.size(), end, index);
  if (problem != std::errc() || stop != end || index < 0) return std::nullopt;
  return index;
}

}  // namespace

std::vector<CameraEntry> ListCameras(const CameraFolders& folders) {
  std::vector<CameraEntry> cameras;
  std::error_code problem;
  for (const auto& entry : fs::directory_iterator(folders.devices, problem)) {
    const std::string device = entry.path().filename().string();
    const auto index = IndexOfDevice(device);
    if (!index) continue;
    // The kernel numbers the nodes of one camera; the first is the one with the pictures.
    const std::string node = FirstLine(folders.names / device / "index");
    if (!node.empty() && node != "0") continue;
    cameras.push_back({*index, FirstLine(folders.names / device / "name")});
  }
  std::sort(cameras.begin(), cameras.end(),
            [](const CameraEntry& a, const CameraEntry& b) { return a.index < b.index; });
  return cameras;
}

std::string DescribeCameras(const std::vector<CameraEntry>& cameras) {
  if (cameras.empty()) {
    return "no camera is connected to this machine (there is no /dev/video*); connect one or give "
           "a video file";
  }
  std::string text = "cameras here: ";
  for (const CameraEntry& camera : cameras) {
    if (&camera != &cameras.front()) text += ", ";
    text += std::to_string(camera.index);
    if (!camera.name.empty()) text += " (" + camera.name + ")";
  }
  return text + "; choose one by its number";
}

}  // namespace nosetip

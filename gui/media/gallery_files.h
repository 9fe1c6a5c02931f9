// What a folder holds of screenshots and recordings.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nosetip {

enum class MediaKind { kScreenshot, kRecording };

struct MediaFiles {
  MediaKind kind = MediaKind::kScreenshot;
  std::filesystem::path path;   // the overlay picture or the video
  std::filesystem::path clean;  // a screenshot's picture without overlay; empty where it is missing
  std::filesystem::path data;   // the points: .json or .csv; empty where it is missing
  std::string made_at;          // "2026-11-24 19:01:17", from its name
  uintmax_t bytes = 0;          // of `path`
  std::filesystem::file_time_type changed_at;  // of `path`

  bool operator==(const MediaFiles&) const = default;
};

// Newest first, by their names. Files with other names are not looked at. A folder that is not
// there is empty; one that may not be read throws Error.
std::vector<MediaFiles> ListMedia(const std::filesystem::path& folder);

}  // namespace nosetip

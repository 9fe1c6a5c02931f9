#include "gui/media/gallery_files.h"

#include <algorithm>
#include <optional>
#include <system_error>

#include "gui/media/media_names.h"
#include "tracker/core/error.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// "2026-11-24_19-01-17_123" and what may follow, without the prefix.
std::string StampIn(const fs::path& path) {
  const std::string stem = path.stem().string();
  return stem.substr(stem.find('_') + 1);
}

std::optional<MediaKind> KindOf(const fs::path& path) {
  const std::string stem = path.stem().string();
  const std::string ending = path.extension().string();
  if (stem.starts_with(kScreenshotPrefix) && ending == ".png" && !stem.ends_with(kCleanSuffix)) {
    return MediaKind::kScreenshot;
  }
  if (stem.starts_with(kRecordingPrefix) && ending == ".mp4") return MediaKind::kRecording;
  return std::nullopt;
}

// "2026-11-24 19:01:17"
std::string ReadableTime(std::string stamp) {
  constexpr size_t kDate = 10;
  constexpr size_t kTime = 19;
  if (stamp.size() < kTime) return stamp;
  stamp.resize(kTime);
  stamp[kDate] = ' ';
  std::replace(stamp.begin() + kDate, stamp.end(), '-', ':');
  return stamp;
}

fs::path IfThere(fs::path path) {
  std::error_code ignored;
  return fs::exists(path, ignored) ? path : fs::path();
}

MediaFiles FilesOf(MediaKind kind, const fs::directory_entry& entry) {
  const std::string stem = (entry.path().parent_path() / entry.path().stem()).string();
  std::error_code ignored;  // it may have gone by now
  MediaFiles files;
  files.kind = kind;
  files.path = entry.path();
  files.made_at = ReadableTime(StampIn(entry.path()));
  files.bytes = entry.file_size(ignored);
  if (ignored) files.bytes = 0;
  files.changed_at = entry.last_write_time(ignored);
  if (kind == MediaKind::kScreenshot) files.clean = IfThere(stem + kCleanSuffix + ".png");
  files.data = IfThere(stem + (kind == MediaKind::kScreenshot ? ".json" : ".csv"));
  return files;
}

}  // namespace

std::vector<MediaFiles> ListMedia(const fs::path& folder) {
  std::vector<MediaFiles> media;
  std::error_code problem;
  for (auto at = fs::directory_iterator(folder, problem); at != fs::directory_iterator();
       at.increment(problem)) {
    if (const auto kind = KindOf(at->path())) media.push_back(FilesOf(*kind, *at));
    if (problem) break;
  }
  if (problem && problem != std::errc::no_such_file_or_directory) {
    throw Error(folder.string() + ": cannot be read (" + problem.message() +
                "); choose another folder");
  }
  std::sort(media.begin(), media.end(), [](const MediaFiles& a, const MediaFiles& b) {
    return StampIn(a.path) > StampIn(b.path);
  });
  return media;
}

}  // namespace nosetip

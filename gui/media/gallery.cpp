#include "gui/media/gallery.h"

#include <algorithm>
#include <exception>
#include <optional>
#include <system_error>
#include <utility>

#include <fmt/core.h>

#include "gui/media/media_names.h"
#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "tracker/sources/frame_source.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

// "2026-11-24_19-01-17_123" and what follows, without the prefix.
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
  std::error_code ignored;  // it may be gone by now
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
    throw Error(fmt::format("{}: cannot read this folder ({}); choose another folder",
                            folder.string(), problem.message()));
  }
  std::sort(media.begin(), media.end(), [](const MediaFiles& a, const MediaFiles& b) {
    return StampIn(a.path) > StampIn(b.path);
  });
  return media;
}

Gallery::Gallery(std::filesystem::path folder)
    : folder_(std::move(folder)),
      thread_(StartThread([this](const std::stop_token& stop) { Run(stop); })) {}

Gallery::~Gallery() = default;

void Gallery::Refresh() {
  const std::lock_guard lock(mutex_);
  refresh_ = true;
  changed_.notify_all();
}

std::shared_ptr<const GalleryContents> Gallery::Contents() const {
  const std::lock_guard lock(mutex_);
  return contents_;
}

void Gallery::Run(const std::stop_token& stop) {
  while (!stop.stop_requested()) {
    {
      std::unique_lock lock(mutex_);
      changed_.wait(lock, stop, [&] { return refresh_; });
      refresh_ = false;
    }
    if (!stop.stop_requested()) Scan(stop);
  }
}

void Gallery::Scan(const std::stop_token& stop) {
  GalleryContents found;
  try {
    for (MediaFiles& files : ListMedia(folder_)) {
      if (found.items.size() == kMaxItems) {
        ++found.left_out;
        continue;
      }
      GalleryItem& item = found.items.emplace_back();
      if (const auto known = known_.find(files.path); known != known_.end()) item = known->second;
      // A file that had no thumbnail may have one now that it has changed.
      if (item.files.changed_at != files.changed_at) item.message.clear();
      const bool is_other_picture =
          files.kind == MediaKind::kScreenshot && (item.files.changed_at != files.changed_at);
      if (is_other_picture) item.thumbnail = nullptr;
      item.files = std::move(files);
    }
  } catch (const std::exception& error) {
    found.message = error.what();
  }
  Publish(found);
  for (GalleryItem& item : found.items) {
    if (stop.stop_requested()) return;
    if (MakeThumbnail(item)) Publish(found);
  }
  known_.clear();
  for (const GalleryItem& item : found.items) known_[item.files.path] = item;
}

bool Gallery::MakeThumbnail(GalleryItem& item) const {
  if (item.thumbnail || !item.message.empty()) return false;
  try {
    const FramePtr frame = OpenFrameSource(item.files.path.string())->Next();
    Check(frame != nullptr, "a first frame");
    item.thumbnail = std::make_shared<Image>(Thumbnail(frame->image, kThumbnailPx));
  } catch (const std::exception& error) {
    item.message = error.what();
  }
  return true;
}

void Gallery::Publish(const GalleryContents& contents) {
  // Only this thread writes it.
  if (*Contents() == contents) return;
  auto published = std::make_shared<const GalleryContents>(contents);
  const std::lock_guard lock(mutex_);
  contents_ = std::move(published);
}

}  // namespace nosetip

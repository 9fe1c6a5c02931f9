// The screenshots and recordings of a folder, with small pictures of them.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// What a folder holds of screenshots and recordings.

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

struct GalleryItem {
  MediaFiles files;
  // A screenshot, or a recording's first frame; null while it is being made or cannot be.
  std::shared_ptr<const Image> thumbnail;
  std::string message;  // why there is no thumbnail; else empty

  bool operator==(const GalleryItem&) const = default;
};

struct GalleryContents {
  std::vector<GalleryItem> items;  // newest first; kMostItems at most
  size_t left_out = 0;             // older ones
  std::string message;             // why the folder cannot be read; else empty

  bool operator==(const GalleryContents&) const = default;
};

// A thread of its own lists the folder and makes thumbnails, newest first. Used by one thread, that
// of the UI, which never waits, but in the destructor for one thumbnail.
class Gallery {
 public:
  static constexpr size_t kMostItems = 200;
  static constexpr SizePx kThumbnailPx = {256, 160};

  // Lists the folder at once.
  explicit Gallery(std::filesystem::path folder);
  ~Gallery();
  Gallery(const Gallery&) = delete;
  Gallery& operator=(const Gallery&) = delete;

  // Looks again. Only what is new or has changed is read; a recording's thumbnail is made once.
  void Refresh();
  // As far as it is known by now; never null. The same pointer as long as nothing has changed.
  std::shared_ptr<const GalleryContents> Contents() const;

 private:
  void Run(const std::stop_token& stop);
  void Look(const std::stop_token& stop);
  // True where the item has changed.
  bool MakeThumbnail(GalleryItem& item) const;
  void Publish(const GalleryContents& contents);

  const std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool look_again_ = true;
  std::shared_ptr<const GalleryContents> contents_ = std::make_shared<GalleryContents>();
  std::map<std::filesystem::path, GalleryItem> known_;  // the thread's own
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip

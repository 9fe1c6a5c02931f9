// The screenshots and recordings in a folder, with thumbnails.
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

// Newest first, by name; other files are ignored. Empty where there is no such folder. Throws Error
// where it cannot be read.
std::vector<MediaFiles> ListMedia(const std::filesystem::path& folder);

struct GalleryItem {
  MediaFiles files;
  // Of a screenshot or a recording's first frame; null until it is made, and where it cannot be.
  std::shared_ptr<const Image> thumbnail;
  std::string message;  // why there is no thumbnail; else empty

  bool operator==(const GalleryItem&) const = default;
};

struct GalleryContents {
  std::vector<GalleryItem> items;  // newest first, at most kMaxItems
  size_t left_out = 0;             // older ones beyond kMaxItems
  std::string message;             // why the folder cannot be read; else empty

  bool operator==(const GalleryContents&) const = default;
};

// Lists the folder and makes thumbnails, newest first, on a thread of its own. Used by the thread
// of the window, which waits only in the destructor, for one thumbnail.
class Gallery {
 public:
  static constexpr size_t kMaxItems = 200;
  static constexpr SizePx kThumbnailPx = {256, 160};

  // Lists the folder at once.
  explicit Gallery(std::filesystem::path folder);
  ~Gallery();
  Gallery(const Gallery&) = delete;
  Gallery& operator=(const Gallery&) = delete;

  // Lists the folder again. Reads only what is new or has changed.
  void Refresh();
  // What is known so far; never null. The same pointer until something has changed.
  std::shared_ptr<const GalleryContents> Contents() const;

 private:
  void Run(const std::stop_token& stop);
  void Scan(const std::stop_token& stop);
  // True where the item has changed.
  bool MakeThumbnail(GalleryItem& item) const;
  void Publish(const GalleryContents& contents);

  const std::filesystem::path folder_;
  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  bool refresh_ = true;
  std::shared_ptr<const GalleryContents> contents_ = std::make_shared<GalleryContents>();
  std::map<std::filesystem::path, GalleryItem> known_;  // used by the thread only
  std::jthread thread_;  // last, so that it ends before what it uses goes
};

}  // namespace nosetip

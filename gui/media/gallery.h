// The screenshots and recordings of a folder, with small pictures of them.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>
#include <vector>

#include "gui/media/gallery_files.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

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

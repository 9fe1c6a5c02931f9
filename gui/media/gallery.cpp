#include "gui/media/gallery.h"

#include <exception>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/sources/frame_source.h"
#include "tracker/vision/thumbnail.h"

namespace nosetip {

Gallery::Gallery(std::filesystem::path folder)
    : folder_(std::move(folder)), thread_([this](const std::stop_token& stop) { Run(stop); }) {}

Gallery::~Gallery() = default;

void Gallery::Refresh() {
  const std::lock_guard lock(mutex_);
  look_again_ = true;
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
      changed_.wait(lock, stop, [&] { return look_again_; });
      look_again_ = false;
    }
    if (!stop.stop_requested()) Look(stop);
  }
}

void Gallery::Look(const std::stop_token& stop) {
  GalleryContents found;
  try {
    for (MediaFiles& files : ListMedia(folder_)) {
      if (found.items.size() == kMostItems) {
        ++found.left_out;
        continue;
      }
      GalleryItem& item = found.items.emplace_back();
      if (const auto known = known_.find(files.path); known != known_.end()) item = known->second;
      // What made no thumbnail may do so now that it has changed.
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
  // This thread alone writes it.
  if (*Contents() == contents) return;
  auto published = std::make_shared<const GalleryContents>(contents);
  const std::lock_guard lock(mutex_);
  contents_ = std::move(published);
}

}  // namespace nosetip

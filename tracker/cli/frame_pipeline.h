// Runs the stages of a run at the same time, each on another frame.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/image.h"

namespace nosetip {

// A queue between threads that holds a few items. Any number of threads may push and pop; the
// faster side waits.
template <typename Item>
class BoundedQueue {
 public:
  explicit BoundedQueue(size_t capacity) : capacity_(capacity) {}

  // Waits while the queue is full. False, and the item is dropped, once the queue is abandoned.
  bool Push(Item item) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return abandoned_ || items_.size() < capacity_; });
    if (abandoned_) return false;
    items_.push_back(std::move(item));
    changed_.notify_all();
    return true;
  }

  // Waits while the queue is empty. Nothing where nothing more will come.
  std::optional<Item> Pop() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return abandoned_ || closed_ || !items_.empty(); });
    if (items_.empty()) return std::nullopt;
    std::optional<Item> item(std::move(items_.front()));
    items_.pop_front();
    changed_.notify_all();
    return item;
  }

  // Nothing more will be pushed; what is there can still be taken.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  // Nothing more will be taken; what is there is dropped.
  void Abandon() {
    const std::lock_guard lock(mutex_);
    abandoned_ = true;
    items_.clear();
    changed_.notify_all();
  }

 private:
  size_t capacity_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Item> items_;
  bool closed_ = false;
  bool abandoned_ = false;
};

// What happens to each frame. `track` runs on the caller's thread, each other stage on a thread of
// its own; no stage runs twice at once.
struct FrameStages {
  using Found = std::optional<std::vector<FaceBox>>;
  std::function<FramePtr()> read;             // null at the end
  std::function<Found(const Frame&)> search;  // nothing where the frame is not to be searched
  std::function<TrackResult(const Frame&, Found)> track;
  // Runs after `track`, on its thread, so before a frame is drawn or written; may be empty.
  std::function<void(const FramePtr&, const TrackResult&)> publish;
  std::function<std::optional<Image>(const Frame&, const TrackResult&)> draw;
  std::function<void(const Frame&, const TrackResult&, std::optional<Image> drawn)> write;
};

// Each stage gets all frames in order, so the output does not depend on the speed of the stages; a
// few frames wait between two stages. Returns when all frames that were read are written. After a
// stop no further frame is tracked, and those that were are written. Where a stage throws, the
// frames ahead of it are written, those behind it are dropped, and the first exception is rethrown.
void RunFrames(const FrameStages& stages, const std::stop_token& stop);

}  // namespace nosetip

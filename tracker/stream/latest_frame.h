// Hands frames from the tracking to one slower thread.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <utility>

#include "tracker/stream/stream_frame.h"

namespace nosetip {

// Holds one frame: a newer one takes the place of one that was not taken yet, so the tracking
// never waits and the other side always gets the newest.
class LatestFrame {
 public:
  void Offer(StreamFramePtr frame) {
    {
      const std::lock_guard lock(mutex_);
      if (frame_) ++dropped_;
      frame_ = std::move(frame);
    }
    changed_.notify_one();
  }

  // Waits for a frame. After Close, what is there can still be taken; null then.
  StreamFramePtr Take() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return closed_ || frame_; });
    return std::exchange(frame_, nullptr);
  }

  void Close() {
    {
      const std::lock_guard lock(mutex_);
      closed_ = true;
    }
    changed_.notify_one();
  }

  // Frames that nobody took.
  int64_t dropped() const {
    const std::lock_guard lock(mutex_);
    return dropped_;
  }

 private:
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  StreamFramePtr frame_;
  int64_t dropped_ = 0;
  bool closed_ = false;
};

}  // namespace nosetip

// The status that the threads of a live session write and the UI reads.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <string>

#include "tracker/live/live_status_more.h"

namespace nosetip {

// Any thread may call anything. What is said of a source that is no longer the current one, by its
// serial, is ignored: a thread may still be busy with it.
class StatusBoard {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // All that was known of the source before is forgotten.
  void Begin(int64_t serial, std::string source);
  void Opened(int64_t serial, const SourceInfo& info);
  void Retrying(int64_t serial, std::string message, TimePoint retry_at);
  void Ended(int64_t serial);
  void Failed(int64_t serial, std::string message);

  void CountCaptured(int64_t serial, TimePoint at);
  void CountDropped(int64_t serial);
  void CountTracked(int64_t serial);

  void SetTrackerMessage(std::string message);
  void SetTrackingMessage(std::string message);

  LiveStatus Read(TimePoint now) const;

 private:
  // Runs `change` on the status if it still is that of the source.
  template <typename Change>
  void Update(int64_t serial, Change change) {
    const std::lock_guard lock(mutex_);
    if (serial == status_.source_serial) change();
  }

  mutable std::mutex mutex_;
  LiveStatus status_;
  TimePoint retry_at_;
  std::deque<TimePoint> captured_at_;  // the latest
};

}  // namespace nosetip

// A slot that hands items from one thread to another.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <utility>

namespace nosetip {

// Holds one item. The giver chooses: Put replaces an item that was not taken in time, and counts
// it; PutAfterTaken waits, and nothing is lost. Any thread may call anything. Each item is taken
// once, and its taker sees what its giver wrote before.
template <typename T>
class LatestSlot {
 public:
  // Never waits. True where it replaced an item that nobody had taken. Does nothing once closed.
  bool Put(T item) {
    const std::lock_guard lock(mutex_);
    if (closed_) return false;
    const bool replaces = item_.has_value();
    item_ = std::move(item);
    if (replaces) ++replaced_;
    changed_.notify_all();
    return replaces;
  }

  // Waits until the slot is empty. False, and the item is dropped, where a stop is requested or the
  // slot is closed before.
  bool PutAfterTaken(T item, const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return closed_ || !item_; });
    if (stop.stop_requested() || closed_) return false;
    item_ = std::move(item);
    changed_.notify_all();
    return true;
  }

  // Never waits; nothing where the slot is empty.
  std::optional<T> TryTake() {
    const std::lock_guard lock(mutex_);
    return TakeLocked();
  }

  // Waits for an item. Nothing where a stop is requested, or the slot is closed and empty.
  std::optional<T> Take(const std::stop_token& stop) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, stop, [&] { return closed_ || item_; });
    if (stop.stop_requested()) return std::nullopt;
    return TakeLocked();
  }

  // Nothing more will come. An item that is here can still be taken; no thread waits any more.
  void Close() {
    const std::lock_guard lock(mutex_);
    closed_ = true;
    changed_.notify_all();
  }

  // Items that Put replaced before anyone took them.
  int64_t replaced() const {
    const std::lock_guard lock(mutex_);
    return replaced_;
  }

 private:
  std::optional<T> TakeLocked() {
    std::optional<T> taken = std::exchange(item_, std::nullopt);
    changed_.notify_all();
    return taken;
  }

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<T> item_;
  int64_t replaced_ = 0;
  bool closed_ = false;
};

}  // namespace nosetip

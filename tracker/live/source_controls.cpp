#include "tracker/live/source_controls.h"

#include <utility>

namespace nosetip {

template <typename Change>
void SourceControls::Order(Change change) {
  const std::lock_guard lock(mutex_);
  change();
  ++orders_;
  changed_.notify_all();
}

void SourceControls::SetSource(WantedSource wanted) {
  Order([&] {
    wanted_ = std::move(wanted);
    paused_ = false;
    again_ = false;
    steps_ = 0;
    seek_s_.reset();
  });
}

void SourceControls::Pause() {
  Order([&] { paused_ = true; });
}

void SourceControls::Resume() {
  Order([&] {
    paused_ = false;
    steps_ = 0;
  });
}

void SourceControls::StepOnce() {
  Order([&] {
    paused_ = true;
    ++steps_;
  });
}

void SourceControls::SetLoop(bool loop) {
  Order([&] { loop_ = loop; });
}

void SourceControls::SeekTo(double pts_s) {
  Order([&] {
    seek_s_ = pts_s;
    steps_ = paused_ ? 1 : 0;  // so that the place can be seen
  });
}

void SourceControls::ShowAgain() {
  Order([&] { again_ = true; });
}

bool SourceControls::paused() const {
  const std::lock_guard lock(mutex_);
  return paused_;
}

bool SourceControls::loops() const {
  const std::lock_guard lock(mutex_);
  return loop_;
}

bool SourceControls::is_taken() const {
  const std::lock_guard lock(mutex_);
  return wanted_.serial == taken_serial_;
}

WantedSource SourceControls::TakeWanted() {
  const std::lock_guard lock(mutex_);
  taken_serial_ = wanted_.serial;
  return wanted_;
}

bool SourceControls::IsWanted(int64_t serial) const {
  const std::lock_guard lock(mutex_);
  return serial == wanted_.serial;
}

bool SourceControls::IsElsewhere(int64_t serial) const {
  const std::lock_guard lock(mutex_);
  return IsElsewhereLocked(serial);
}

std::optional<double> SourceControls::TakeSeek() {
  const std::lock_guard lock(mutex_);
  return std::exchange(seek_s_, std::nullopt);
}

Turn SourceControls::WaitForTurn(int64_t serial, TimePoint due, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (!stop.stop_requested() && !IsElsewhereLocked(serial)) {
    if (std::exchange(again_, false) && paused_) return Turn::kAgain;
    if (steps_ > 0) {
      --steps_;
      return Turn::kStep;
    }
    const auto changed = [&, seen = orders_] { return orders_ != seen; };
    if (paused_) {
      changed_.wait(lock, stop, changed);
    } else if (!changed_.wait_until(lock, stop, due, changed) && !stop.stop_requested()) {
      return Turn::kPlay;
    }
  }
  return Turn::kLeave;
}

Turn SourceControls::TurnOfLive(int64_t serial) {
  const std::lock_guard lock(mutex_);
  if (serial != wanted_.serial) return Turn::kLeave;
  if (std::exchange(again_, false) && paused_) return Turn::kAgain;
  if (!paused_) return Turn::kPlay;
  if (steps_ == 0) return Turn::kHold;
  --steps_;
  return Turn::kStep;
}

Turn SourceControls::WaitAtEnd(int64_t serial, bool may_loop, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const auto starts_over = [&] { return may_loop && loop_; };
  changed_.wait(lock, stop, [&] { return IsElsewhereLocked(serial) || starts_over() || again_; });
  if (stop.stop_requested() || IsElsewhereLocked(serial)) return Turn::kLeave;
  if (starts_over()) return Turn::kPlay;
  again_ = false;
  return Turn::kAgain;
}

void SourceControls::WaitForOther(int64_t serial, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, stop, [&] { return IsElsewhereLocked(serial); });
}

bool SourceControls::WaitUntil(int64_t serial, TimePoint time, const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  const bool left = changed_.wait_until(lock, stop, time, [&] { return serial != wanted_.serial; });
  return !left && !stop.stop_requested();
}

}  // namespace nosetip

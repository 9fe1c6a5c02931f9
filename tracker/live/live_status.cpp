#include "tracker/live/live_status.h"

#include <algorithm>
#include <utility>

#include "tracker/core/printable_text.h"

namespace nosetip {
namespace {

constexpr size_t kFramesForRate = 30;

double Seconds(std::chrono::steady_clock::duration duration) {
  return std::chrono::duration<double>(duration).count();
}

}  // namespace

void StatusBoard::Begin(int64_t serial, std::string source) {
  const std::lock_guard lock(mutex_);
  LiveStatus status;
  status.source = std::move(source);
  status.source_serial = serial;
  status.tracker_message = std::move(status_.tracker_message);
  status_ = std::move(status);
  captured_at_.clear();
}

void StatusBoard::Opened(int64_t serial, const SourceInfo& info) {
  Update(serial, [&] {
    status_.state = LiveState::kRunning;
    status_.info = info;
    status_.message.clear();
  });
}

void StatusBoard::Retrying(int64_t serial, const std::string& message, TimePoint retry_at) {
  Update(serial, [&] {
    status_.state = LiveState::kRetrying;
    status_.message = WithoutPasswords(message);
    retry_at_ = retry_at;
    captured_at_.clear();  // the time away does not count for the rate
  });
}

void StatusBoard::Ended(int64_t serial) {
  Update(serial, [&] { status_.state = LiveState::kEnded; });
}

void StatusBoard::Failed(int64_t serial, const std::string& message) {
  Update(serial, [&] {
    status_.state = LiveState::kFailed;
    status_.message = WithoutPasswords(message);
  });
}

void StatusBoard::CountCaptured(int64_t serial, TimePoint at) {
  Update(serial, [&] {
    ++status_.captured;
    captured_at_.push_back(at);
    if (captured_at_.size() > kFramesForRate) captured_at_.pop_front();
  });
}

void StatusBoard::CountDropped(int64_t serial) {
  Update(serial, [&] { ++status_.dropped; });
}

void StatusBoard::CountTracked(int64_t serial) {
  Update(serial, [&] { ++status_.tracked; });
}

void StatusBoard::SetTrackerMessage(std::string message) {
  const std::lock_guard lock(mutex_);
  status_.tracker_message = std::move(message);
}

void StatusBoard::SetTrackingMessage(std::string message) {
  const std::lock_guard lock(mutex_);
  status_.tracking_message = std::move(message);
}

LiveStatus StatusBoard::Read(TimePoint now) const {
  const std::lock_guard lock(mutex_);
  LiveStatus status = status_;
  if (status.state == LiveState::kRetrying) {
    status.retry_in_s = std::max(0.0, Seconds(retry_at_ - now));
  }
  if (captured_at_.size() > 1) {
    const double spent_s = Seconds(captured_at_.back() - captured_at_.front());
    if (spent_s > 0.0) {
      status.capture_rate_hz = static_cast<double>(captured_at_.size() - 1) / spent_s;
    }
  }
  return status;
}

}  // namespace nosetip

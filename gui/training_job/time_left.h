// How long a training will still take.
#pragma once

#include <chrono>
#include <optional>

namespace nosetip {

// From the share that is done and the time that it took, pauses left out.
class TimeLeft {
 public:
  using Clock = std::chrono::steady_clock;

  // `done` is the share of the whole training, 0 to 1. What was done before the first call, in an
  // earlier run, does not count.
  void OnProgress(double done, Clock::time_point now) {
    if (!started_at_) {
      started_at_ = now;
      first_done_ = done;
    }
    done_ = done;
    done_at_ = now;
  }

  // The training stood still for so long.
  void OnPauseEnded(std::chrono::duration<double> length) { paused_ += length; }

  // In seconds; nothing before two steps are done.
  std::optional<double> Seconds() const {
    if (!started_at_ || done_ <= first_done_) return std::nullopt;
    const std::chrono::duration<double> spent = done_at_ - *started_at_ - paused_;
    return spent.count() / (done_ - first_done_) * (1.0 - done_);
  }

 private:
  std::optional<Clock::time_point> started_at_;
  Clock::time_point done_at_;
  std::chrono::duration<double> paused_{0.0};
  double first_done_ = 0.0;
  double done_ = 0.0;
};

}  // namespace nosetip

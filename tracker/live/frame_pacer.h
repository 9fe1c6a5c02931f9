// When the frames of a file are due.
#pragma once

#include <chrono>
#include <optional>

namespace nosetip {

// Plays in real time by the frames' own timestamps, measured from the first frame asked for. Knows
// no clock but what it is told.
class FramePacer {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A frame that is late by more than this makes all later ones late, so that what is slower than
  // its rate plays slower; less is caught up with.
  static constexpr std::chrono::milliseconds kLargestLag{100};

  // When to show the frame of `pts_s`, which may be before `now`.
  TimePoint DueAt(double pts_s, TimePoint now) {
    const auto since_start =
        std::chrono::duration_cast<TimePoint::duration>(std::chrono::duration<double>(pts_s));
    if (!start_ || now - (*start_ + since_start) > kLargestLag) start_ = now - since_start;
    return *start_ + since_start;
  }

  // The next frame asked for is due at once.
  void Restart() { start_.reset(); }
  // The frame whose time is 0 is due at `start`.
  void RestartAt(TimePoint start) { start_ = start; }

 private:
  std::optional<TimePoint> start_;  // of the frame whose time is 0
};

}  // namespace nosetip

// When the frames of a recording are to be shown.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

#include "tracker/live/live_frame.h"

namespace nosetip {

// Seconds since the recording's first frame. Of a file its own timestamps count, so that a clip
// that is slow to track or was paused is recorded at its own speed; where it starts over or goes to
// another place, the step before is taken once more. Of a camera or stream the clock counts, as a
// stream's timestamps may mean nothing.
class RecordingClock {
 public:
  // Frames in the order in which they were tracked. Always more than the time before.
  double TimeOf(const LiveFrame& live) {
    if (!last_) {
      last_ = Place(live);
      return 0.0;
    }
    const Place place(live);
    const double by_clock_s =
        std::chrono::duration<double>(place.captured_at - last_->captured_at).count();
    const double by_source_s = place.pts_s - last_->pts_s;
    const bool goes_on = place.run == last_->run && by_source_s > 0.0;
    if (live.is_live) {
      step_s_ = by_clock_s;
    } else if (goes_on) {
      step_s_ = by_source_s;
    }
    time_s_ += std::max(kLeastStepS, step_s_);
    last_ = place;
    return time_s_;
  }

 private:
  // A video's players cannot tell closer frames apart.
  static constexpr double kLeastStepS = 0.001;

  struct Place {
    explicit Place(const LiveFrame& live)
        : captured_at(live.captured_at), pts_s(live.result.pts_s), run(live.run) {}
    std::chrono::steady_clock::time_point captured_at;
    double pts_s;
    int64_t run;
  };

  std::optional<Place> last_;
  double time_s_ = 0.0;
  double step_s_ = 0.04;  // the latest
};

}  // namespace nosetip

// The files of one recording. Knows no threads.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <vector>

#include "gui/media/screenshot.h"
#include "tracker/live/live_status.h"

namespace nosetip {

struct RecordingOptions {
  std::filesystem::path folder;  // is made where it is missing
  DrawnView view;                // of the video; the table is never mirrored
  WallTime started_at = std::chrono::system_clock::now();
};

struct RecordingPart {
  std::filesystem::path video;  // .mp4, see timed_video_writer.h
  std::filesystem::path table;  // .csv, see docs/formats.md
};

// recording_DATE_TIME.mp4 and .csv, which hold every frame that was written but for the last third
// of a second, whatever happens to the program; the table all of them. A frame of another source,
// another size or another schema goes on in another pair of files, ..._part2. Without a frame no
// file is left. Not thread-safe.
class Recording {
 public:
  // Throws Error where the folder cannot be made or written to.
  explicit Recording(const RecordingOptions& options);
  // Finishes it; a failure then goes unsaid.
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // Frames in the order in which they were tracked; see RecordingClock for their times. Throws
  // Error where one cannot be written, as on a full disk: what was written before stays, and only
  // Finish may follow.
  void Write(const LiveFrame& live);
  // Throws Error where the video's end cannot be written. A second call does nothing.
  void Finish();

  int64_t frames() const;
  int64_t bytes() const;  // of all parts
  const std::vector<RecordingPart>& parts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// When the frames of a recording are to be shown.

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

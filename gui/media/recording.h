// The files of one recording, and the times of its frames.
#pragma once

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
  std::filesystem::path folder;  // created where it is missing
  DrawnView view;                // of the video; the table is never mirrored
  WallTime started_at = std::chrono::system_clock::now();
};

struct RecordingPart {
  std::filesystem::path video;  // .mp4, see video_writer.h
  std::filesystem::path table;  // .csv, see docs/formats.md
};

// Writes recording_DATE_TIME.mp4 and .csv. If the program is killed, the video lacks the last third
// of a second at most and the table lacks nothing. A frame of another source, size or schema starts
// another pair of files, ..._part2. A recording without frames leaves no file. Not thread-safe.
class Recording {
 public:
  // Throws Error where the folder cannot be created or written to.
  explicit Recording(const RecordingOptions& options);
  // Finishes it and ignores a failure.
  ~Recording();
  Recording(const Recording&) = delete;
  Recording& operator=(const Recording&) = delete;

  // Takes frames in the order in which they were tracked. Throws Error where one cannot be written,
  // as on a full disk: earlier frames are kept, and only Finish may follow.
  void Write(const LiveFrame& live);
  // Throws Error where the end of the video cannot be written. A second call has no effect.
  void Finish();

  int64_t frames() const;
  int64_t bytes() const;  // of all parts
  const std::vector<RecordingPart>& parts() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// When each frame of a recording is shown, in seconds since its first frame. A file's frames keep
// the distance of their timestamps, so that a clip that was paused or slow to track plays at its
// own speed; at a jump the latest distance is repeated. Frames of a camera or stream are timed by
// the clock, as the timestamps of streams are unreliable.
class RecordingClock {
 public:
  // Takes frames in the order in which they were tracked. Each time is later than the one before.
  double TimeOf(const LiveFrame& live);

 private:
  // Players cannot tell closer frames apart.
  static constexpr double kMinStepS = 0.001;

  struct Place {
    explicit Place(const LiveFrame& live)
        : captured_at(live.captured_at), pts_s(live.result.pts_s), run(live.run) {}
    std::chrono::steady_clock::time_point captured_at;
    double pts_s;
    int64_t run;
  };

  std::optional<Place> last_;
  double time_s_ = 0.0;
  double step_s_ = 0.04;  // between the latest two frames
};

}  // namespace nosetip

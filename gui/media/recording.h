// The files of one recording. Knows no threads.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <vector>

#include "gui/media/screenshot.h"
#include "tracker/live/live_frame.h"

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

}  // namespace nosetip

// How a live session is.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

enum class LiveState {
  kOpening,
  kRunning,
  kPaused,
  kRetrying,  // a camera or stream is away; it is tried again
  kEnded,     // a file, after its last frame
  kFailed     // a file that cannot be read, or not to its end
};

struct LiveStatus {
  LiveState state = LiveState::kOpening;
  std::string source;              // as given to SetSource
  int64_t source_serial = 0;       // see LiveFrame
  std::optional<SourceInfo> info;  // once it was opened; its `note` is for the user
  // Of this source: frames passed on to the tracker, results, and frames of a camera or stream that
  // a newer one replaced before they were tracked.
  int64_t captured = 0;
  int64_t tracked = 0;
  int64_t dropped = 0;
  double capture_rate_hz = 0.0;  // over the latest frames; 0 where there are too few
  double retry_in_s = 0.0;       // while retrying; 0 while a try is under way
  std::string message;           // why it is retrying or failed, and what to do; else empty
  std::string tracker_message;   // why the tracker asked for last is not in use; else empty
  std::string tracking_message;  // why faces could not be looked for lately; else empty
};

}  // namespace nosetip

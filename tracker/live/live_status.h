// What the threads of a live session exchange: frames on their way, and the status for the UI.
#pragma once

#include <chrono>
#include <cstdint>
#include <deque>
#include <mutex>
#include <optional>
#include <string>

#include "tracker/core/face.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

enum class LiveState {
  kOpening,
  kRunning,
  kPaused,
  kRetrying,  // a camera or stream is away; it is tried again
  kEnded,     // a file, after its last frame
  kFailed     // a file that cannot be read to its end
};

struct LiveStatus {
  LiveState state = LiveState::kOpening;
  std::string source;              // as given to SetSource
  int64_t source_serial = 0;       // see LiveFrame
  std::optional<SourceInfo> info;  // once it is opened; its `note` is for the user
  // Of this source: frames passed on to the tracker, frames tracked, and frames of a camera or
  // stream that a newer one replaced before they were tracked.
  int64_t captured = 0;
  int64_t tracked = 0;
  int64_t dropped = 0;
  double capture_rate_hz = 0.0;  // over the latest frames; 0 where there are too few
  double retry_in_s = 0.0;       // while retrying; 0 while a try is under way
  std::string message;           // why it is retrying or failed, and what to do; or empty
  std::string tracker_message;   // why the tracker that was last set is not in use; or empty
  std::string tracking_message;  // why the latest frame or search failed; or empty
};

// Any thread may call anything. Reports on a source that is no longer the current one, by its
// serial, are ignored: a thread may still be busy with it.
class StatusBoard {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // A source begins; the status of the one before is forgotten.
  void Begin(int64_t serial, std::string source);
  void Opened(int64_t serial, const SourceInfo& info);
  void Retrying(int64_t serial, const std::string& message, TimePoint retry_at);
  void Ended(int64_t serial);
  void Failed(int64_t serial, const std::string& message);

  void CountCaptured(int64_t serial, TimePoint at);
  void CountDropped(int64_t serial);
  void CountTracked(int64_t serial);

  void SetTrackerMessage(std::string message);
  void SetTrackingMessage(std::string message);

  LiveStatus Read(TimePoint now) const;

 private:
  // Runs `change` if the status is still that of the source.
  template <typename Change>
  void Update(int64_t serial, Change change) {
    const std::lock_guard lock(mutex_);
    if (serial == status_.source_serial) change();
  }

  mutable std::mutex mutex_;
  LiveStatus status_;
  TimePoint retry_at_;
  std::deque<TimePoint> captured_at_;  // the latest
};

// A frame from the capture thread to the tracking thread.
struct CapturedFrame {
  FramePtr frame;
  std::chrono::steady_clock::time_point captured_at;
  int64_t source_serial = 0;  // see LiveFrame
  int64_t run = 0;            // see LiveFrame
  bool is_live = false;       // of a camera or stream
  bool again = false;         // passed on before, to another tracker
};

// A frame with its result, for the UI.
struct LiveFrame {
  FramePtr frame;
  TrackResult result;
  const LandmarkSchema* schema = nullptr;  // of the points; null while there is no tracker
  // When the camera delivered the frame or, for a file, when it was due to be shown.
  std::chrono::steady_clock::time_point captured_at;
  std::chrono::steady_clock::time_point tracked_at;
  int64_t index = 0;  // 0, 1, 2 ... over all frames of a session; skips those not taken in time
  int64_t source_serial = 0;  // 0 for a session's first source, one more for each SetSource
  // Frames of one run follow each other; in another run the scene and the timestamps start again.
  int64_t run = 0;
  bool is_live = false;  // of a camera or stream
  bool again = false;    // shown before, with the result of another tracker

  double LatencyMs() const {
    return std::chrono::duration<double, std::milli>(tracked_at - captured_at).count();
  }
};

}  // namespace nosetip

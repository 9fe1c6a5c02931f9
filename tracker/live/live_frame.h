// A frame on its way through the live app.
#pragma once

#include <chrono>
#include <cstdint>

#include "tracker/core/face.h"
#include "tracker/core/frame.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// From the capture thread to the tracking thread.
struct CapturedFrame {
  FramePtr frame;
  std::chrono::steady_clock::time_point captured_at;
  int64_t source_serial = 0;  // see LiveFrame
  int64_t run = 0;            // see LiveFrame
  bool is_live = false;       // of a camera or stream
  bool again = false;         // was given before, to another tracker
};

// What the UI draws: the result is that of this frame.
struct LiveFrame {
  FramePtr frame;
  TrackResult result;
  const LandmarkSchema* schema = nullptr;  // of the points; null while there is no tracker
  // When the camera gave the frame or, for a file, when it was due to be shown.
  std::chrono::steady_clock::time_point captured_at;
  std::chrono::steady_clock::time_point tracked_at;
  int64_t index = 0;  // 0, 1, 2 ... over all frames of a session; a gap was not taken in time
  int64_t source_serial = 0;  // 0 for a session's first source, one more for each SetSource
  // Frames of one run follow one another; another run is another scene, and timestamps start anew.
  int64_t run = 0;
  bool is_live = false;  // of a camera or stream
  bool again = false;    // shown before; this is the result of another tracker

  double LatencyMs() const {
    return std::chrono::duration<double, std::milli>(tracked_at - captured_at).count();
  }
};

}  // namespace nosetip

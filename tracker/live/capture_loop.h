// The capture thread of a live session: opens and reads sources, and paces files.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>

#include "tracker/core/latest_slot.h"
#include "tracker/live/live_status.h"
#include "tracker/live/source_controls.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// When the frames of a file are due: in real time by their own timestamps, from the first frame
// that is asked for. Reads no clock itself.
class FramePacer {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // Frames catch up with a smaller delay. A larger one delays all later frames, so that a file that
  // is slower to track than its rate plays slower.
  static constexpr std::chrono::milliseconds kMaxDelay{100};

  // When to show the frame of `pts_s`, which may be before `now`.
  TimePoint DueAt(double pts_s, TimePoint now) {
    const auto since_start =
        std::chrono::duration_cast<TimePoint::duration>(std::chrono::duration<double>(pts_s));
    if (!start_ || now - (*start_ + since_start) > kMaxDelay) start_ = now - since_start;
    return *start_ + since_start;
  }

  // The next frame is due at once.
  void Restart() { start_.reset(); }
  // The frame whose time is 0 is due at `start`.
  void RestartAt(TimePoint start) { start_ = start; }

 private:
  std::optional<TimePoint> start_;  // of the frame whose time is 0
};

using SourceOpener = std::function<std::unique_ptr<FrameSource>(
    const std::string&, const CameraOptions&, const std::stop_token&)>;

// How long to wait before a camera or stream is opened again: `first`, then twice as long each time
// up to `longest`. A frame that arrives resets the delay.
struct RetryDelays {
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{5000};
};

struct CaptureSettings {
  SourceOpener open_source = [](const std::string& source, const CameraOptions& camera,
                                const std::stop_token& stop) {
    return OpenFrameSource(source, camera, stop);
  };
  RetryDelays retry;
};

// What the capture thread shares with others. Any thread may use each of them.
struct CaptureLinks {
  SourceControls& controls;
  LatestSlot<CapturedFrame>& frames;
  StatusBoard& board;
  std::atomic<int64_t>& runs;  // the number so far, over all capture threads
};

// Run is the body of the capture thread; no other thread may use anything else here. A loop that
// hangs in a call to its source can be told to stop and be replaced by another loop with the same
// links; it then passes on nothing more.
//
// KindOfSource tells cameras and streams from files. The frames of a file are due at their own
// timestamps, and each waits until the one before was taken. A frame of a camera or stream replaces
// one that was not taken.
class CaptureLoop {
 public:
  CaptureLoop(CaptureSettings settings, const CaptureLinks& links)
      : settings_(std::move(settings)), links_(links) {}

  // Runs until a stop. What sources throw goes to the board.
  void Run(const std::stop_token& stop);

 private:
  // Each returns when another source is wanted or at a stop.
  void PlayFile(const WantedSource& wanted, const std::stop_token& stop);
  void PlayLive(const WantedSource& wanted, const std::stop_token& stop);

  struct Pass {
    bool reached_end = false;
    bool has_several_frames = false;
  };
  // One pass over a file from `from_s` on.
  Pass PlayPass(const WantedSource& wanted, double from_s, const std::stop_token& stop);
  // The first frame at `from_s` or later, else the last one.
  FramePtr FirstFrom(FrameSource& source, double from_s, int64_t serial,
                     const std::stop_token& stop);
  // False where the frame is no longer wanted.
  bool PassOnWhenDue(const FramePtr& frame, int64_t serial, const std::stop_token& stop);
  // Returns when the file is to play again, from the start or another place.
  void WaitAtEnd(int64_t serial, bool may_loop, const std::stop_token& stop);
  // Reads until the stream ends or another source is wanted.
  void ReadLive(FrameSource& source, int64_t serial, const std::stop_token& stop);
  // Passes the last frame on once more, for a new tracker.
  void PassOnAgain(const std::stop_token& stop);
  std::unique_ptr<FrameSource> Open(const WantedSource& wanted, const std::stop_token& stop);
  bool IsOver(int64_t serial, const std::stop_token& stop) const {
    return stop.stop_requested() || !links_.controls.IsWanted(serial);
  }

  const CaptureSettings settings_;
  const CaptureLinks links_;
  FramePacer pacer_;
  std::optional<CapturedFrame> last_;  // passed on, of this source
  int64_t run_ = 0;
  std::chrono::milliseconds retry_delay_{0};
};

}  // namespace nosetip

// The capture thread of a live session: opens sources, reads them and paces files.
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

#include "tracker/live/live_status.h"
#include "tracker/live/source_controls.h"
#include "tracker/live/threads.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

// When the frames of a file are due.

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

using SourceOpener =
    std::function<std::unique_ptr<FrameSource>(const std::string&, const CameraOptions&)>;

// How long to wait before a camera or stream is tried again: `first`, then twice as long each time
// up to `longest`. A frame that arrives starts it over.
struct RetryDelays {
  std::chrono::milliseconds first{500};
  std::chrono::milliseconds longest{5000};
};

struct CaptureSettings {
  SourceOpener open_source = OpenFrameSource;
  RetryDelays retry;
};

// What the capture thread shares with others; each of them may be used by any thread.
struct CaptureLinks {
  SourceControls& controls;
  LatestSlot<CapturedFrame>& frames;
  StatusBoard& board;
  std::atomic<int64_t>& runs;  // so far, of all capture threads
};

// Run is the body of the capture thread; nothing else here may be touched by another thread. One
// that hangs in a call to its source may be given a stop and another loop, with the same links, put
// in its place: it then passes on nothing more.
//
// A source is a camera or stream, or a file, by how its name is written: see KindOfSource. The
// frames of a file are due at their own timestamps, and each waits until the one before was taken.
// Those of a camera or stream replace one that was not taken.
class CaptureLoop {
 public:
  CaptureLoop(CaptureSettings settings, const CaptureLinks& links)
      : settings_(std::move(settings)), links_(links) {}

  // Until a stop, whatever sources do: what they throw goes to the board.
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
  // The first frame at `from_s` or later, or the last one where there is none as late.
  FramePtr FirstFrom(FrameSource& source, double from_s, int64_t serial,
                     const std::stop_token& stop);
  // False where the frame is not wanted any more.
  bool PassOnWhenDue(const FramePtr& frame, int64_t serial, const std::stop_token& stop);
  // Returns when the file is to be played again, from the start or another place.
  void WaitAtEnd(int64_t serial, bool may_loop, const std::stop_token& stop);
  // Reads until the stream ends or another source is wanted.
  void ReadLive(FrameSource& source, int64_t serial, const std::stop_token& stop);
  // The frame before once more, for a tracker that is new.
  void PassOnAgain(const std::stop_token& stop);
  std::unique_ptr<FrameSource> Open(const WantedSource& wanted);
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

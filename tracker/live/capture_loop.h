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

#include "tracker/live/frame_pacer.h"
#include "tracker/live/threads.h"
#include "tracker/live/live_frame.h"
#include "tracker/live/source_controls.h"
#include "tracker/live/live_status.h"
#include "tracker/sources/frame_source.h"

namespace nosetip {

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

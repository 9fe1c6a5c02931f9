// What the UI asks of the source, and how the capture thread waits for it.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>

#include "tracker/sources/frame_source.h"

namespace nosetip {

// Which source to read. `serial` tells calls of SetSource apart, even with the same name.
struct WantedSource {
  int64_t serial = 0;
  std::string name;
  CameraOptions camera;
};

// What the capture thread is to do with the frame that it holds.
enum class Turn {
  kPlay,   // pass it on
  kStep,   // pass it on, as the one frame that was asked for
  kAgain,  // pass on the frame before once more, then ask again
  kHold,   // skip it: a camera is paused
  kLeave   // drop it: another source or place is wanted, or a stop
};

// Orders of the UI that the capture thread waits for. All methods may be called at any time.
class SourceControls {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // For any thread. SetSource also resumes, and drops a step or seek that is still to come.
  void SetSource(WantedSource wanted);
  void Pause();
  void Resume();
  void StepOnce();  // pauses first
  void SetLoop(bool loop);
  void SeekTo(double pts_s);
  void ShowAgain();
  bool paused() const;
  bool loops() const;

  bool is_taken() const;  // whether a capture thread has begun with the wanted source

  // For the capture thread, about the source of `serial`.
  WantedSource TakeWanted();
  bool IsWanted(int64_t serial) const;
  bool IsElsewhere(int64_t serial) const;  // another source or another place is wanted
  std::optional<double> TakeSeek();
  // At a frame of a file that is due at `due`. Waits while it is early or the file is paused.
  Turn WaitForTurn(int64_t serial, TimePoint due, const std::stop_token& stop);
  // At a frame of a camera or stream. Never waits.
  Turn TurnOfLive(int64_t serial);
  // At the end of a file. Waits until there is something to do; kPlay to start over.
  Turn WaitAtEnd(int64_t serial, bool may_loop, const std::stop_token& stop);
  // After a file failed. Returns when another source or place is wanted, or at a stop.
  void WaitForOther(int64_t serial, const std::stop_token& stop);
  // Waits for `time`; false where another source is wanted or a stop comes before.
  bool WaitUntil(int64_t serial, TimePoint time, const std::stop_token& stop);

 private:
  template <typename Change>
  void Order(Change change);
  bool IsElsewhereLocked(int64_t serial) const { return serial != wanted_.serial || seek_s_; }

  mutable std::mutex mutex_;
  std::condition_variable_any changed_;
  int64_t orders_ = 0;  // so far; a waiting thread checks again when it grows
  WantedSource wanted_;
  int64_t taken_serial_ = -1;
  bool paused_ = false;
  bool loop_ = false;
  bool again_ = false;
  int steps_ = 0;
  std::optional<double> seek_s_;
};

}  // namespace nosetip

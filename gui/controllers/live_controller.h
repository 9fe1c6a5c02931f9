// Runs the live session for the window.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "gui/state/event_log.h"
#include "tracker/live/live_session.h"

namespace nosetip {

// Passes the parts from the thread that builds trackers to the window. Thread-safe.
class SharedParts {
 public:
  void Write(PartsInUse parts);
  PartsInUse Read() const;

 private:
  mutable std::mutex mutex_;
  PartsInUse parts_;
};

// Passes the signals from the thread that tracks, which sees every frame, to the window.
// Thread-safe.
class SharedSignals {
 public:
  void Add(const LiveFrame& live) {
    const std::lock_guard lock(mutex_);
    history_.Add(live);
  }
  void Calibrate() {
    const std::lock_guard lock(mutex_);
    history_.Calibrate();
  }
  SignalHistory Read() const {
    const std::lock_guard lock(mutex_);
    return history_;
  }

 private:
  mutable std::mutex mutex_;
  SignalHistory history_;
};

// True where a change of settings needs a new tracker.
bool NeedsNewTracker(const Settings& before, const Settings& after);

// For the thread of the window.
class LiveController {
 public:
  // Opens the source of the settings. `on_tracked` is called on another thread; what it uses must
  // outlive this controller.
  LiveController(AppState& state, FrameSink on_tracked);

  void Handle(const OpenSource& wanted, AppState& state);
  void Handle(const SetPaused& wanted) { wanted.paused ? session_.Pause() : session_.Resume(); }
  void Handle(const StepFrame&) { session_.StepOnce(); }
  void Handle(const SeekTo& wanted) { session_.SeekTo(wanted.pts_s); }
  void Handle(const RefreshCameras&, AppState& state);
  void Handle(const CalibrateSignals&, AppState& state);

  // Applies what differs from the settings of the state. A new tracker or camera mode waits until
  // the settings have not changed for a moment, as sliders give many values on their way.
  void Apply(const Settings& settings, const AppState& state);
  // Brings the state up to date; once per frame. True where there is a new frame, which is then on
  // the GPU and in `state.shown`.
  bool Update(AppState& state);
  // False where a thread hangs and was left behind; see LiveSession::Close.
  bool Close() { return session_.Close(); }

 private:
  using Clock = std::chrono::steady_clock;

  LiveSetup SetupOf(const AppState& state, FrameSink on_tracked);
  void ReadCameraModes(AppState& state, const std::string& source);
  void ApplyDelayed(const Settings& settings, Clock::time_point now);

  std::shared_ptr<SharedParts> parts_ = std::make_shared<SharedParts>();
  SharedSignals signals_;
  FrameTexture texture_;
  StatusWatch watch_;
  std::future<std::vector<CameraMode>> modes_;
  std::optional<Clock::time_point> rebuild_at_;  // the tracker
  std::optional<Clock::time_point> reopen_at_;   // the camera
  LiveSession session_;
};

}  // namespace nosetip

// The live session, as the app uses it.
#pragma once

#include <chrono>
#include <future>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "gui/state/event_log.h"
#include "gui/state/live_parts.h"
#include "tracker/live/live_session.h"

namespace nosetip {

// Of the thread of the window.
class LiveController {
 public:
  // Opens the source of the settings at once. `on_tracked` is called on another thread and must
  // outlive this.
  LiveController(AppState& state, FrameSink on_tracked);

  void Do(const OpenSource& wanted, AppState& state);
  void Do(const SetPaused& wanted) { wanted.paused ? session_.Pause() : session_.Resume(); }
  void Do(const StepFrame&) { session_.StepOnce(); }
  void Do(const SeekTo& wanted) { session_.SeekTo(wanted.pts_s); }
  void ListCamerasAgain(AppState& state);

  // What of these settings is another than that of the state takes effect. Sliders give many values
  // on their way: what is dear waits until they rest.
  void Use(const Settings& settings, const AppState& state);
  // Brings the state up to date; once a frame of the window. The frame that is new, if there is
  // one, is on the GPU then and in `state.shown`.
  bool Update(AppState& state);
  // False where something hangs and was left behind; see LiveSession::Close.
  bool Close() { return session_.Close(); }

 private:
  using Clock = std::chrono::steady_clock;

  LiveSetup SetupOf(const AppState& state, FrameSink on_tracked);
  void AskForModes(AppState& state, const std::string& source);
  void StartWhatWaited(const Settings& settings, Clock::time_point now);

  std::shared_ptr<PartsNote> parts_ = std::make_shared<PartsNote>();
  FrameTexture texture_;
  StatusWatch watch_;
  std::future<std::vector<CameraMode>> modes_;
  std::optional<Clock::time_point> rebuild_at_;  // the tracker
  std::optional<Clock::time_point> reopen_at_;   // the camera
  LiveSession session_;
};

}  // namespace nosetip

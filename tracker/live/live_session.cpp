#include "tracker/live/live_session.h"

#include <chrono>
#include <thread>
#include <utility>

#include "tracker/live/latest_slot.h"
#include "tracker/live/leavable_thread.h"
#include "tracker/live/source_controls.h"
#include "tracker/live/status_board.h"

namespace nosetip {

struct LiveSession::State {
  State(CaptureSettings settings, FrameSink on_tracked)
      : capture(std::move(settings), {controls, frames, board}),
        tracking(
            {frames, results, board, [this] { controls.ShowAgain(); }, std::move(on_tracked)}) {}

  int64_t source_serial = 0;  // the UI thread's own
  StatusBoard board;
  SourceControls controls;
  LatestSlot<CapturedFrame> frames;
  LatestSlot<LiveFrame> results;
  CaptureLoop capture;
  TrackingLoop tracking;
};

// They use nothing but the state, which each of them keeps alive.
struct LiveSession::Threads {
  explicit Threads(const std::shared_ptr<State>& state)
      : builder([state](const std::stop_token& stop) { state->tracking.Build(stop); }),
        searcher([state](const std::stop_token& stop) { state->tracking.Search(stop); }),
        tracker([state](const std::stop_token& stop) { state->tracking.Track(stop); }),
        capturer([state](const std::stop_token& stop) { state->capture.Run(stop); }) {}

  LeavableThread builder;
  std::jthread searcher, tracker;
  LeavableThread capturer;
};

LiveSession::LiveSession(LiveSetup setup)
    : state_(std::make_shared<State>(std::move(setup.capture), std::move(setup.on_tracked))) {
  state_->board.Begin(0, setup.source);
  state_->controls.SetSource({0, std::move(setup.source), setup.camera});
  state_->tracking.SetTracker(std::move(setup.make_parts));
  threads_ = std::make_unique<Threads>(state_);
}

LiveSession::~LiveSession() { Close(); }

bool LiveSession::Close(std::chrono::milliseconds patience) {
  const auto give_up = std::chrono::steady_clock::now() + patience;
  const std::unique_ptr<Threads> ending = std::move(threads_);
  if (!ending) return true;
  // All at once, so that what follows waits for the slowest only.
  ending->capturer.RequestStop();
  ending->builder.RequestStop();
  ending->searcher.request_stop();
  ending->tracker.request_stop();
  ending->tracker.join();
  ending->searcher.join();
  const bool capture_ended = ending->capturer.JoinOrLeave(give_up);
  const bool build_ended = ending->builder.JoinOrLeave(give_up);
  return capture_ended && build_ended;
}

std::optional<LiveFrame> LiveSession::TakeLatest() {
  std::optional<LiveFrame> latest = state_->results.TryTake();
  if (latest && latest->source_serial != state_->source_serial) return std::nullopt;
  return latest;
}

LiveStatus LiveSession::Status() const {
  LiveStatus status = state_->board.Read(std::chrono::steady_clock::now());
  if (status.state == LiveState::kRunning && state_->controls.paused()) {
    status.state = LiveState::kPaused;
  }
  return status;
}

void LiveSession::SetSource(std::string source, const CameraOptions& camera) {
  const int64_t serial = ++state_->source_serial;
  // The board first, so that it takes what the capture thread says of the new source.
  state_->board.Begin(serial, source);
  state_->controls.SetSource({serial, std::move(source), camera});
}

void LiveSession::SetTracker(PartsFactory make_parts) {
  state_->tracking.SetTracker(std::move(make_parts));
}

void LiveSession::Pause() { state_->controls.Pause(); }
void LiveSession::Resume() { state_->controls.Resume(); }
void LiveSession::StepOnce() { state_->controls.StepOnce(); }
void LiveSession::SetLoop(bool loop) { state_->controls.SetLoop(loop); }
void LiveSession::SeekTo(double pts_s) { state_->controls.SeekTo(pts_s); }

}  // namespace nosetip

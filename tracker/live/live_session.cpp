#include "tracker/live/live_session.h"

#include <atomic>
#include <chrono>
#include <thread>
#include <utility>
#include <vector>

#include "tracker/core/error.h"
#include "tracker/core/latest_slot.h"
#include "tracker/core/start_thread.h"
#include "tracker/live/live_status.h"
#include "tracker/live/source_controls.h"
#include "tracker/live/threads.h"

namespace nosetip {

struct LiveSession::State {
  State(CaptureSettings settings, FrameSink on_tracked)
      : capture(std::move(settings)),
        tracking(
            {frames, results, board, [this] { controls.ShowAgain(); }, std::move(on_tracked)}) {}

  void Capture(const std::stop_token& stop) {
    CaptureLoop(capture, {controls, frames, board, runs}).Run(stop);
  }

  // Used by the UI thread only.
  int64_t source_serial = 0;
  std::chrono::steady_clock::time_point source_wanted_at;

  const CaptureSettings capture;
  StatusBoard board;
  SourceControls controls;
  LatestSlot<CapturedFrame> frames;
  LatestSlot<LiveFrame> results;
  std::atomic<int64_t> runs = 0;
  TrackingLoop tracking;
};

// Each thread uses only the state, and keeps it alive.
struct LiveSession::Threads {
  explicit Threads(const std::shared_ptr<State>& state)
      : builder([state](const std::stop_token& stop) { state->tracking.Build(stop); }),
        searcher(
            StartThread([state](const std::stop_token& stop) { state->tracking.Search(stop); })),
        tracker(
            StartThread([state](const std::stop_token& stop) { state->tracking.Track(stop); })) {
    StartCapture(state);
  }

  void StartCapture(const std::shared_ptr<State>& state) {
    std::erase_if(capturers, [](const LeavableThread& left) { return left.HasEnded(); });
    for (LeavableThread& left : capturers) left.RequestStop();
    capturers.emplace_back([state](const std::stop_token& stop) { state->Capture(stop); });
  }

  LeavableThread builder;
  std::jthread searcher, tracker;
  std::vector<LeavableThread> capturers;  // the last is in use; those before it hang
};

LiveSession::LiveSession(LiveSetup setup)
    : state_(std::make_shared<State>(std::move(setup.capture), std::move(setup.on_tracked))) {
  state_->source_wanted_at = std::chrono::steady_clock::now();
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
  // All stop at the same time, so that the joins wait only for the slowest.
  for (LeavableThread& capturer : ending->capturers) capturer.RequestStop();
  ending->builder.RequestStop();
  ending->searcher.request_stop();
  ending->tracker.request_stop();
  ending->tracker.join();
  ending->searcher.join();
  bool all_ended = ending->builder.JoinOrLeave(give_up);
  for (LeavableThread& capturer : ending->capturers) {
    all_ended = capturer.JoinOrLeave(give_up) && all_ended;
  }
  return all_ended;
}

void LiveSession::LeaveHangingSource() {
  const auto now = std::chrono::steady_clock::now();
  if (!threads_ || state_->controls.is_taken()) return;
  if (now < state_->source_wanted_at + kPatience) return;
  try {
    threads_->StartCapture(state_);
  } catch (const Error& error) {
    state_->board.Failed(state_->source_serial, error.what());
  }
  state_->source_wanted_at = now;  // the new thread gets the same time
}

std::optional<LiveFrame> LiveSession::TakeLatest() {
  LeaveHangingSource();
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
  state_->source_wanted_at = std::chrono::steady_clock::now();
  // The board first, so that it accepts what the capture thread reports on the new source.
  state_->board.Begin(serial, source);
  state_->controls.SetSource({serial, std::move(source), camera});
}

void LiveSession::SetTracker(PartsFactory make_parts) {
  state_->tracking.SetTracker(std::move(make_parts));
}

void LiveSession::Calibrate() { state_->tracking.Calibrate(); }

void LiveSession::Pause() { state_->controls.Pause(); }
void LiveSession::Resume() { state_->controls.Resume(); }
void LiveSession::StepOnce() { state_->controls.StepOnce(); }
void LiveSession::SetLoop(bool loop) { state_->controls.SetLoop(loop); }
void LiveSession::SeekTo(double pts_s) { state_->controls.SeekTo(pts_s); }

}  // namespace nosetip

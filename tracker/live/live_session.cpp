#include "tracker/live/live_session.h"

#include <chrono>
#include <thread>
#include <utility>

#include "tracker/live/latest_slot.h"
#include "tracker/live/source_controls.h"
#include "tracker/live/status_board.h"

namespace nosetip {

struct LiveSession::State {
  State(CaptureSettings settings, FrameSink on_tracked)
      : capture(std::move(settings), {controls, frames, board}),
        tracking(
            {frames, results, board, [this] { controls.ShowAgain(); }, std::move(on_tracked)}) {}

  ~State() {
    // All at once; the joins that follow wait for the slowest only.
    for (std::jthread* thread : {&capturer, &tracker, &searcher, &builder}) thread->request_stop();
  }

  void Start() {
    builder = std::jthread([this](const std::stop_token& stop) { tracking.Build(stop); });
    searcher = std::jthread([this](const std::stop_token& stop) { tracking.Search(stop); });
    tracker = std::jthread([this](const std::stop_token& stop) { tracking.Track(stop); });
    capturer = std::jthread([this](const std::stop_token& stop) { capture.Run(stop); });
  }

  int64_t source_serial = 0;  // the UI thread's own
  StatusBoard board;
  SourceControls controls;
  LatestSlot<CapturedFrame> frames;
  LatestSlot<LiveFrame> results;
  CaptureLoop capture;
  TrackingLoop tracking;
  // Last, so that they are joined before what they use goes.
  std::jthread builder, searcher, tracker, capturer;
};

LiveSession::LiveSession(LiveSetup setup)
    : state_(std::make_unique<State>(std::move(setup.capture), std::move(setup.on_tracked))) {
  state_->board.Begin(0, setup.source);
  state_->controls.SetSource({0, std::move(setup.source)});
  state_->tracking.SetTracker(std::move(setup.make_parts));
  state_->Start();
}

LiveSession::~LiveSession() = default;

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

void LiveSession::SetSource(std::string source) {
  const int64_t serial = ++state_->source_serial;
  // The board first, so that it takes what the capture thread says of the new source.
  state_->board.Begin(serial, source);
  state_->controls.SetSource({serial, std::move(source)});
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

#include "tracker/live/tracking_loop.h"

#include <exception>
#include <utility>

#include "tracker/signals/signal_meter.h"

namespace nosetip {

// The state of the tracking thread.
class TrackingLoop::TrackingThread {
 public:
  TrackingThread(TrackingLoop& loop, std::optional<BuiltTracker> first)
      : loop_(loop), active_(std::move(first)) {
    StartMeter();
  }

  LiveFrame Track(const CapturedFrame& captured);

 private:
  void TakeNewTracker();
  void StartMeter();
  void StartRun(int64_t run);
  void TakeFound();
  void AskForSearch(const CapturedFrame& captured);
  void MeasureSignals(TrackResult& result);
  TrackResult Step(const Frame& frame);

  TrackingLoop& loop_;
  std::optional<BuiltTracker> active_;
  std::optional<SignalMeter> meter_;  // where the points have signals
  int64_t run_ = 0;
  int64_t index_ = 0;
  bool is_searching_ = false;
  std::string search_problem_;
};

LiveFrame TrackingLoop::TrackingThread::Track(const CapturedFrame& captured) {
  TakeNewTracker();
  if (captured.run != run_) StartRun(captured.run);
  TakeFound();
  LiveFrame live;
  live.frame = captured.frame;
  live.captured_at = captured.captured_at;
  live.source_serial = captured.source_serial;
  live.run = captured.run;
  live.is_live = captured.is_live;
  live.again = captured.again;
  live.result = Step(*captured.frame);
  if (active_) live.schema = &active_->tracker.schema();
  AskForSearch(captured);
  live.index = index_++;
  live.tracked_at = std::chrono::steady_clock::now();
  return live;
}

void TrackingLoop::TrackingThread::TakeNewTracker() {
  std::optional<std::optional<BuiltTracker>> built = loop_.built_.TryTake();
  if (!built || !*built) return;
  if (active_) (*built)->tracker.ContinueIdsOf(active_->tracker);
  active_ = std::move(*built);
  StartMeter();
}

void TrackingLoop::TrackingThread::StartMeter() {
  meter_.reset();
  if (!active_) return;
  const LandmarkSchema& schema = active_->tracker.schema();
  if (SignalMeter::Measures(schema)) meter_.emplace(schema);
}

void TrackingLoop::TrackingThread::StartRun(int64_t run) {
  run_ = run;
  if (active_) active_->tracker.Reset();
  if (meter_) meter_->Reset();
}

void TrackingLoop::TrackingThread::TakeFound() {
  std::optional<Found> found = loop_.found_.TryTake();
  if (!found) return;
  is_searching_ = false;
  search_problem_ = found->problem;
  if (active_ && found->run == run_ && found->problem.empty()) {
    active_->tracker.Offer(std::move(found->boxes));
  }
}

// One search at a time, so that its result is never of an old frame.
void TrackingLoop::TrackingThread::AskForSearch(const CapturedFrame& captured) {
  if (is_searching_ || !active_ || !active_->tracker.WantsOffer()) return;
  is_searching_ = true;
  loop_.to_search_.Put({captured, active_->search_detector, active_->tracker.region()});
}

void TrackingLoop::TrackingThread::MeasureSignals(TrackResult& result) {
  if (!meter_) return;
  if (loop_.wants_calibration_.exchange(false)) meter_->Calibrate();
  meter_->Measure(result);
}

TrackResult TrackingLoop::TrackingThread::Step(const Frame& frame) {
  std::string problem = search_problem_;
  TrackResult result;
  try {
    if (active_) result = active_->tracker.Step(frame);
    MeasureSignals(result);
  } catch (const std::exception& error) {
    // The step may have ended halfway.
    active_->tracker.Reset();
    problem = error.what();
  }
  result.frame_id = frame.id;
  result.pts_s = frame.pts_s;
  loop_.links_.board.SetTrackingMessage(std::move(problem));
  return result;
}

TrackingLoop::BuiltTracker TrackingLoop::Make(const PartsFactory& factory) {
  LiveParts parts = factory();
  const auto further_faces =
      parts.search_detector ? FurtherFaces::kOffered : FurtherFaces::kSearched;
  return {
      Tracker(std::move(parts.detector), std::move(parts.landmarker), parts.options, further_faces),
      std::move(parts.search_detector)};
}

void TrackingLoop::Build(const std::stop_token& stop) {
  bool has_built = false;
  bool is_first = true;
  while (const std::optional<PartsFactory> factory = factories_.Take(stop)) {
    try {
      built_.Put(Make(*factory));
      has_built = true;
      links_.board.SetTrackerMessage("");
      // The first one gets its frames without that.
      if (!is_first) links_.on_new_tracker();
    } catch (const std::exception& error) {
      links_.board.SetTrackerMessage(error.what());
      if (!has_built) built_.Put(std::nullopt);
    }
    is_first = false;
  }
}

void TrackingLoop::Track(const std::stop_token& stop) {
  std::optional<std::optional<BuiltTracker>> first = built_.Take(stop);
  if (!first) return;
  TrackingThread thread(*this, std::move(*first));
  while (const std::optional<CapturedFrame> captured = links_.frames.Take(stop)) {
    const LiveFrame live = thread.Track(*captured);
    // First to the UI, then to the sink, which may be slow.
    links_.results.Put(live);
    GiveToSink(live);
    if (!captured->again) links_.board.CountTracked(captured->source_serial);
  }
}

void TrackingLoop::GiveToSink(const LiveFrame& live) const {
  if (!links_.on_tracked) return;
  try {
    links_.on_tracked(live);
  } catch (const std::exception& error) {
    links_.board.SetTrackingMessage(error.what());
  }
}

void TrackingLoop::Search(const std::stop_token& stop) {
  while (const std::optional<SearchJob> job = to_search_.Take(stop)) {
    Found found;
    found.run = job->captured.run;
    try {
      const Frame& frame = *job->captured.frame;
      const SizePx size_px{frame.image.width_px, frame.image.height_px};
      found.boxes = DetectWithin(*job->detector, frame.image, RegionIn(job->region, size_px),
                                 frame.is_picture);
    } catch (const std::exception& error) {
      found.problem = error.what();
    }
    found_.Put(std::move(found));
  }
}

}  // namespace nosetip

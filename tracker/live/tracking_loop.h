// The threads of a live session that work on frames: one tracks, one searches whole frames for
// further faces, and one builds trackers.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/latest_slot.h"
#include "tracker/live/live_status.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {

// The parts of a tracker.
struct LiveParts {
  std::unique_ptr<FaceDetector> detector;
  // Another detector, for searches that run beside the tracking; null where the tracker searches
  // itself, which delays its frames.
  std::unique_ptr<FaceDetector> search_detector;
  std::unique_ptr<Landmarker> landmarker;
  TrackerOptions options;
};

using PartsFactory = std::function<LiveParts()>;
using FrameSink = std::function<void(const LiveFrame&)>;

// What the three threads share with others. Any thread may use each of them.
struct TrackingLinks {
  LatestSlot<CapturedFrame>& frames;
  LatestSlot<LiveFrame>& results;
  StatusBoard& board;
  // Called by the building thread after each tracker except the first.
  std::function<void()> on_new_tracker;
  FrameSink on_tracked;  // called by the tracking thread; may be null
};

// Build, Track and Search are the bodies of one thread each. They share only slots: a tracker is
// built by one thread, then handed to the tracking thread, which alone uses it. Only the search
// thread uses a search detector.
class TrackingLoop {
 public:
  explicit TrackingLoop(TrackingLinks links) : links_(std::move(links)) {}

  // For any thread. The current tracker stays until the new one is built, and if that fails.
  void SetTracker(PartsFactory factory) { factories_.Put(std::move(factory)); }

  // For any thread. The neutral faces of all people are learned over from the next frame on.
  void Calibrate() { wants_calibration_ = true; }

  void Build(const std::stop_token& stop);
  // The first frame waits until the first tracker is built; where that fails, frames pass without
  // faces.
  void Track(const std::stop_token& stop);
  void Search(const std::stop_token& stop);

 private:
  class TrackingThread;

  struct BuiltTracker {
    Tracker tracker;
    std::shared_ptr<FaceDetector> search_detector;
  };
  struct SearchJob {
    CapturedFrame captured;
    std::shared_ptr<FaceDetector> detector;
    std::optional<Region> region;
  };
  struct Found {
    int64_t run = 0;  // of the frame
    std::vector<FaceBox> boxes;
    std::string problem;
  };

  static BuiltTracker Make(const PartsFactory& factory);
  void GiveToSink(const LiveFrame& live) const;

  const TrackingLinks links_;
  LatestSlot<PartsFactory> factories_;
  LatestSlot<std::optional<BuiltTracker>> built_;  // nothing: the first could not be built
  LatestSlot<SearchJob> to_search_;
  LatestSlot<Found> found_;
  std::atomic<bool> wants_calibration_ = false;
};

}  // namespace nosetip

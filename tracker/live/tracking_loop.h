// The threads of a live session that work on frames: one tracks, one searches whole frames for
// further faces and one makes trackers.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/live/live_status.h"
#include "tracker/live/threads.h"
#include "tracker/tracking/tracker.h"

namespace nosetip {

// What a tracker is made of.
struct LiveParts {
  std::unique_ptr<FaceDetector> detector;
  // Another detector, for searches beside the tracking; null to have the tracker search itself, on
  // the path of the frames.
  std::unique_ptr<FaceDetector> search_detector;
  std::unique_ptr<Landmarker> landmarker;
  TrackerOptions options;
};

using PartsFactory = std::function<LiveParts()>;
using FrameSink = std::function<void(const LiveFrame&)>;

// What the three threads share with others; each of them may be used by any thread.
struct TrackingLinks {
  LatestSlot<CapturedFrame>& frames;
  LatestSlot<LiveFrame>& results;
  StatusBoard& board;
  // Called by the thread that makes trackers when one is to follow another, or failed ones.
  std::function<void()> on_new_tracker;
  FrameSink on_tracked;  // called by the tracking thread; may be null
};

// Build, Track and Search are the bodies of one thread each. They share nothing but slots: a
// tracker is built by one thread, handed to the tracking thread and used by that one alone; a
// search detector is used by the search thread alone.
class TrackingLoop {
 public:
  explicit TrackingLoop(TrackingLinks links) : links_(std::move(links)) {}

  // Of any thread. The tracker in use goes on until the new one is made, and where that throws.
  void SetTracker(PartsFactory factory) { factories_.Put(std::move(factory)); }

  void Build(const std::stop_token& stop);
  // A frame of the first tracker waits until it is made; where that fails, frames go through
  // without faces.
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
  LatestSlot<std::optional<BuiltTracker>> built_;  // nothing: the first could not be made
  LatestSlot<SearchJob> to_search_;
  LatestSlot<Found> found_;
};

}  // namespace nosetip

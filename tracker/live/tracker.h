// Follows faces from frame to frame. Synchronous; knows no threads.
#pragma once

#include <memory>
#include <span>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/frame.h"
#include "tracker/model/landmarker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

struct TrackerOptions {
  int max_faces = 8;
  int detect_interval = 15;   // frames between searches for further faces
  int confirm_interval = 3;   // frames between confirmations of a followed face
  static std::span<const Field<TrackerOptions>> Fields();
};

class Tracker {
 public:
  Tracker(std::unique_ptr<FaceDetector> detector, std::unique_ptr<Landmarker> landmarker,
          const TrackerOptions& options);
  ~Tracker();
  Tracker(Tracker&&) noexcept;
  Tracker& operator=(Tracker&&) noexcept;

  // Frames of one source, in order.
  TrackResult Step(const Frame& frame);
  // Forgets all faces, for another source. Ids go on, so that none is used twice.
  void Reset();
  const LandmarkSchema& schema() const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace nosetip

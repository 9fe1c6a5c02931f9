// What a tracker keeps from one frame to the next.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "tracker/core/region.h"
#include "tracker/model/landmarker.h"
#include "tracker/tracking/face_track.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

struct TrackerMemory {
  std::unique_ptr<FaceDetector> detector;
  std::unique_ptr<Landmarker> landmarker;
  TrackerOptions options;
  std::optional<Region> region;   // of the options
  std::vector<FaceTrack> tracks;  // by ascending id
  int next_id = 0;
  bool is_picture = false;  // this frame
  int max_faces = 0;        // of this frame
  int left_out = 0;         // detections of this frame beyond them
  int frames_since_search = 0;
  int frames_without_face = 0;
  FurtherFaces further_faces = FurtherFaces::kSearched;
  std::optional<std::vector<FaceBox>> offered;  // for the next step
};

}  // namespace nosetip

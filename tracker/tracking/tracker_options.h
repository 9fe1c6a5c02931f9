// How faces are followed.
#pragma once

#include <span>
#include <string>

#include "tracker/core/fields.h"
#include "tracker/tracking/landmark_smoother.h"
#include "tracker/vision/intrinsics.h"

namespace nosetip {

struct TrackerOptions {
  int max_faces = 0;           // see MostFaces
  std::string follow = "all";  // or "largest"
  std::string roi;             // for ParseRegion: where faces are searched for and followed
  int detect_interval = 15;    // frames between searches for further faces
  int confirm_interval = 30;   // frames after which a followed face is confirmed
  float confirm_score = 0.3F;  // of the detector, below which a followed face counts as gone
  SmoothingOptions smoothing;  // of the results only; faces are followed by their raw landmarks
  IntrinsicsOptions intrinsics;
  bool points_3d = false;  // fills TrackedFace::points_mm, in about 0.2 ms for a face

  bool FollowsLargest() const { return follow == "largest"; }

  static std::span<const Field<TrackerOptions>> Fields();
  bool operator==(const TrackerOptions&) const = default;
};

// How many faces to follow in a video, or to find in a picture: `max_faces`, or where that is 0
// eight, and in a picture all. Where only the largest is followed, how many to choose from.
int MostFaces(const TrackerOptions& options, bool in_picture);

}  // namespace nosetip

#include "tracker/tracking/tracker_options.h"

#include <array>

namespace nosetip {
namespace {

constexpr int kMostFaces = 1000;  // so that memory has a limit

}  // namespace

std::span<const Field<TrackerOptions>> TrackerOptions::Fields() {
  static const std::array<Field<TrackerOptions>, 6> kFields = {{
      {"max-faces", &TrackerOptions::max_faces,
       "Follow at most this many faces at once; 0 follows 8, and finds all in a picture.", 0,
       kMostFaces},
      {.name = "follow",
       .member = &TrackerOptions::follow,
       .help = "Follow all faces, or the largest until another is much larger.",
       .choices = {"all", "largest"}},
      {"roi", &TrackerOptions::roi,
       "Find faces only in this part of the frame: X,Y,WIDTH,HEIGHT in pixels or percent, such as "
       "25%,0%,50%,100%."},
      {"detect-interval", &TrackerOptions::detect_interval,
       "Search the whole frame for further faces once in this many frames.", 1, 100000},
      {"confirm-interval", &TrackerOptions::confirm_interval,
       "Confirm each followed face with the detector at least once in this many frames.", 1, 1000},
      {"confirm-score", &TrackerOptions::confirm_score,
       "Drop a followed face if the detector scores it below this.", 0.05, 1.0},
  }};
  return kFields;
}

int MostFaces(const TrackerOptions& options, bool in_picture) {
  constexpr int kFollowed = 8;
  if (options.max_faces > 0 && !options.FollowsLargest()) return options.max_faces;
  return in_picture ? kMostFaces : kFollowed;
}

}  // namespace nosetip

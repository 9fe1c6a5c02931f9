// Calms the landmarks of followed faces. Synchronous; one source at a time.
#pragma once

#include <array>
#include <map>
#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/fields.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/tracking/one_euro_filter.h"

namespace nosetip {

struct SmoothingOptions {
  bool smooth = false;
  float strength = 1.0F;  // 0 changes nothing, 1 is for a person at a webcam
  static std::span<const Field<SmoothingOptions>> Fields();
};

// One-euro filters over two parts of each face's motion: that of the face as a whole (place, size
// and turn in the picture: the similarity that takes the face as it was first seen closest to what
// it is now), and that of each point within the face. The whole is known from all points, so it is
// steady and is filtered little, which keeps fast heads from being followed late; points within a
// face move little and are filtered more, those of low confidence more yet. All in units of the
// outer-eye distance, so that it does not matter how large a face is.
class LandmarkSmoother {
 public:
  // Throws Error for options out of range.
  LandmarkSmoother(const LandmarkSchema& schema, const SmoothingOptions& options);

  // Replaces the points of each face; its box follows where the points bound one. Faces are told
  // apart by their ids; those that are not in `result` are forgotten. A face seen for the first
  // time stays as it is, and all do with `smooth` off or a strength of 0. Results in order of time;
  // where `pts_s` does not rise, a thirtieth of a second is taken to have passed.
  void Smooth(TrackResult& result);
  void Reset();

 private:
  struct Filters {
    std::vector<Point2f> first;  // the face as it was first seen, centred, in eye distances
    std::array<OneEuroFilter, 4> whole;
    std::vector<std::array<OneEuroFilter, 2>> points;
    double turn_rad = 0.0;
  };
  Filters Begin(std::span<const Point2f> points_px) const;
  void SmoothFace(Filters& filters, Landmarks& face, double seconds) const;

  const LandmarkSchema* schema_;
  SmoothingOptions options_;
  std::map<int, Filters> faces_;  // by id
  double last_pts_s_ = 0.0;
};

}  // namespace nosetip

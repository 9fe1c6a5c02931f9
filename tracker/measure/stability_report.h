// The report of nosetip-track --stability.
#pragma once

#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/measure/camera_path.h"
#include "tracker/tracking/landmark_smoother.h"

namespace nosetip {

class StabilityReport {
 public:
  // Throws Error for a schema without eye corners, whose distance is the unit of errors.
  // `smoothing` is measured as if it were on. `paths` holds the known ones, by table.
  StabilityReport(const LandmarkSchema& schema, const SmoothingOptions& smoothing,
                  std::map<size_t, CameraPath> paths = {});

  // The next frame's result, without smoothing. Results are kept until the input is finished. Faces
  // without points do not count.
  void Add(const TrackResult& result);
  // A table for the frames since the last call, plain and smoothed; where the path of the clip
  // `table` is known, also the errors by that path and those of the boxes of followed faces. Throws
  // Error where the path has another number of frames (CheckFrameCount).
  std::string Finish(size_t table = 0, bool to_its_end = true);

 private:
  const LandmarkSchema& schema_;
  SmoothingOptions smoothing_;
  std::map<size_t, CameraPath> paths_;
  std::vector<TrackResult> results_;
};

}  // namespace nosetip

// What nosetip-track --stability says.
#pragma once

#include <string>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/live/landmark_smoother.h"

namespace nosetip {

class StabilityReport {
 public:
  // Throws Error for a schema without eye corners, which errors are in percent of. `smoothing` is
  // measured as if it were switched on.
  StabilityReport(const LandmarkSchema& schema, const SmoothingOptions& smoothing);

  // The next frame's result, without smoothing. Results are kept until the input is finished.
  void Add(const TrackResult& result) { results_.push_back(result); }
  // A table of the frames since the last call: plain and smoothed.
  std::string Finish();

 private:
  const LandmarkSchema& schema_;
  SmoothingOptions smoothing_;
  std::vector<TrackResult> results_;
};

}  // namespace nosetip

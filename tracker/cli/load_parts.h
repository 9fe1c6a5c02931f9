// Loads the networks that nosetip-track runs, and prints which ones and where they run.
#pragma once

#include <cstddef>
#include <vector>

#include "tracker/cli/track_options.h"
#include "tracker/cli/track_run.h"
#include "tracker/model/landmarker.h"
#include "tracker/model/model_lookup.h"

namespace nosetip {

struct LandmarkParts {
  DeviceChoice device;
  LoadedModel model;
};

// One landmarker per job. Throws Error for a device or model that cannot be used.
LandmarkParts LoadLandmarkParts(const TrackOptions& options, size_t jobs, Pace pace);

// One tracker per job, with its detectors. Throws Error likewise.
std::vector<TrackingParts> LoadTrackingParts(const TrackOptions& options, size_t jobs, Pace pace);

}  // namespace nosetip

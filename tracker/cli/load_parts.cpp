#include "tracker/cli/load_parts.h"

#include <memory>
#include <utility>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/tracking/tracker.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

LandmarkParts LoadLandmarkParts(const TrackOptions& options, size_t jobs, Pace pace) {
  const auto note = [quiet = options.run.quiet](const std::string& text) {
    if (!quiet) PrintNote(text);
  };
  LandmarkParts parts{ChooseDevice(options.run.device, options.run.precision), {}};
  parts.device.on_fallback = [note](const std::string& how) { note("\nlandmarks: " + how); };
  note(fmt::format("device: {} ({})", parts.device.name, parts.device.reason));
  parts.model = LoadModelFor(options.run.model, parts.device, jobs, options.run.threads, pace);
  const std::string& reason = parts.model.reason;
  note(fmt::format("model: {}{}", parts.model.path,
                   reason.empty() ? "" : fmt::format(" ({})", reason)));
  note("landmarks: " + parts.model.landmarkers.front()->HowItRuns());
  return parts;
}

std::vector<TrackingParts> LoadTrackingParts(const TrackOptions& options, size_t jobs, Pace pace) {
  // The detectors first: their file is small, so an error in it shows early.
  std::vector<std::unique_ptr<FaceDetector>> detectors;
  while (detectors.size() < jobs) detectors.push_back(CreateYuNetDetector(options.detector));
  LandmarkParts parts = LoadLandmarkParts(options, jobs, pace);
  // With one face there are no further ones to search for ahead of the tracking.
  const bool ahead = MostFaces(options.tracker, /*in_picture=*/false) > 1;
  const auto further_faces = ahead ? FurtherFaces::kOffered : FurtherFaces::kSearched;
  TrackerOptions tracking = options.tracker;
  tracking.points_3d = options.outputs.signals;
  std::vector<TrackingParts> all;
  for (size_t i = 0; i < jobs; ++i) {
    Tracker tracker(std::move(detectors[i]), std::move(parts.model.landmarkers[i]), tracking,
                    further_faces);
    all.push_back({std::move(tracker), {}, options.tracker.detect_interval});
    if (ahead) all.back().search_detector = CreateYuNetDetector(options.detector);
  }
  return all;
}

}  // namespace nosetip

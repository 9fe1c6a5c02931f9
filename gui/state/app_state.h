// All that the panels show.
#pragma once

#include <cstddef>
#include <deque>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/media/gallery.h"
#include "gui/media/recorder.h"
#include "gui/media/screenshot.h"
#include "gui/models/model_store.h"
#include "gui/state/event_log.h"
#include "gui/state/live_parts.h"
#include "gui/state/performance_meter.h"
#include "gui/state/settings.h"
#include "gui/state/source_choice.h"
#include "gui/teaching/sample_files.h"
#include "gui/training_job/training_state.h"
#include "tracker/core/face.h"
#include "tracker/live/live_status.h"
#include "tracker/sources/cameras.h"

namespace nosetip {

// Where the points of each face were lately.

// Of each face that is in the latest result; one that is gone is forgotten.
class Trails {
 public:
  // Results in order. Keeps the latest `frames`.
  void Add(const TrackResult& result, size_t frames) {
    std::map<int, std::deque<std::vector<Point2f>>> kept;
    for (const TrackedFace& face : result.faces) {
      auto& trail = kept[face.id];
      if (const auto before = of_.find(face.id); before != of_.end()) {
        trail = std::move(before->second);
      }
      trail.push_back(face.landmarks.points_px);
      while (trail.size() > frames) trail.pop_front();
    }
    of_ = std::move(kept);
  }
  void Clear() { of_.clear(); }

  // Frame pixels, oldest first, the face's latest points last; null for an id that is not there.
  const std::deque<std::vector<Point2f>>* Of(int id) const {
    const auto found = of_.find(id);
    return found == of_.end() ? nullptr : &found->second;
  }

 private:
  std::map<int, std::deque<std::vector<Point2f>>> of_;
};

// The frame that is drawn, on the GPU.
struct ShownPicture {
  void* texture = nullptr;  // for ImTextureID; null before the first frame
  int width_px = 0;
  int height_px = 0;
};

struct TeachingState {
  std::filesystem::path folder;      // of the samples
  std::vector<SavedSample> samples;  // oldest first
  bool saving = false;
  std::string problem;   // why the latest could not be saved or removed; else empty
  ShownPicture picture;  // that is corrected, on the GPU
};

struct AppState {
  Settings settings;
  LiveStatus live;
  std::optional<LiveFrame> shown;  // what the view draws
  ShownPicture picture;            // of `shown`
  Trails trails;
  PerformanceMeter performance;
  EventLog log;
  std::vector<CameraEntry> cameras;
  std::vector<CameraMode> camera_modes;  // of the camera that is the source, if it is one
  std::vector<StoredModel> models;       // files that may be chosen
  std::string sample_clip;
  FolderSource folder;        // whose files are looked at; without files where none is
  PartsInUse parts;           // names are empty before they are known
  std::string banner;         // what the user should know about the source; else empty
  std::string window_system;  // what draws the window
  ScreenshotStatus screenshots;
  RecorderStatus recorder;
  std::shared_ptr<const GalleryContents> gallery;   // null before the first look
  std::map<const Image*, ShownPicture> thumbnails;  // of the gallery, on the GPU
  TrainingState training;
  std::map<const Image*, ShownPicture> training_pictures;  // of `training`, on the GPU
  bool training_can_go_on = false;                         // one was stopped and its run is there
  bool training_is_judged = true;  // what was trained is in use, kept or discarded
  bool can_go_back = false;        // to the model before
  TeachingState teaching;
  std::string toast;  // a short word about what was just done; else empty
  bool help_shown = false;
  bool clean_view = false;  // nothing over the frame
};

// The file of the model that is in use, or soon will be; empty where that is not known yet.
inline std::string ModelFile(const AppState& state) {
  return state.settings.model.model == kAutoModel ? state.parts.model : state.settings.model.model;
}

// The model in use among those that may be chosen; null where it is not there.
inline const StoredModel* ModelInUse(const AppState& state) {
  for (const StoredModel& model : state.models) {
    if (model.path == ModelFile(state)) return &model;
  }
  return nullptr;
}

}  // namespace nosetip

// Everything that the panels show.
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
#include "gui/state/performance_meter.h"
#include "gui/state/settings.h"
#include "gui/state/signal_history.h"
#include "gui/state/source_choice.h"
#include "gui/teaching/sample_files.h"
#include "gui/training_job/training_state.h"
#include "tracker/core/face.h"
#include "tracker/live/live_status.h"
#include "tracker/model/landmarker.h"
#include "tracker/sources/cameras.h"

namespace nosetip {

// What the latest tracker consists of.
struct PartsInUse {
  DeviceChoice device;
  std::string how_it_runs;   // the landmark network, on that device
  std::string model;         // a file
  std::string model_reason;  // why it was chosen; empty where the user chose it
};

// The recent path of each point of the faces in the latest result.
class Trails {
 public:
  // Takes results in order and keeps the latest `frames` of each face.
  void Add(const TrackResult& result, size_t frames);
  void Clear() { trails_.clear(); }

  // Frame pixels, oldest first; null for a face that is not in the latest result.
  const std::deque<std::vector<Point2f>>* Of(int face_id) const;

 private:
  std::map<int, std::deque<std::vector<Point2f>>> trails_;  // by face id
};

// A picture on the GPU.
struct ShownPicture {
  void* texture = nullptr;  // for ImTextureID; null before the first upload
  int width_px = 0;
  int height_px = 0;
};

struct TeachingState {
  std::filesystem::path folder;      // of the samples
  std::vector<SavedSample> samples;  // oldest first
  bool saving = false;
  std::string problem;   // why the latest sample could not be saved or removed; else empty
  ShownPicture picture;  // of the face that is being corrected
};

struct AppState {
  Settings settings;
  LiveStatus live;
  std::optional<LiveFrame> shown;  // what the view draws
  ShownPicture picture;            // of `shown`
  Trails trails;
  SignalHistory signals;
  PerformanceMeter performance;
  EventLog log;
  std::vector<CameraEntry> cameras;
  std::vector<CameraMode> camera_modes;  // of the camera that is the source, if it is one
  std::vector<StoredModel> models;       // files that may be chosen
  std::string sample_clip;
  FolderSource folder;        // the folder that is being browsed; without files where none is
  PartsInUse parts;           // names are empty before they are known
  std::string banner;         // what the user should know about the source; else empty
  std::string window_system;  // the graphics driver
  ScreenshotStatus screenshots;
  RecorderStatus recorder;
  std::shared_ptr<const GalleryContents> gallery;   // null before it was read
  std::map<const Image*, ShownPicture> thumbnails;  // of the gallery
  TrainingState training;
  std::map<const Image*, ShownPicture> training_pictures;  // of `training`
  bool can_resume_training = false;
  bool model_is_decided = true;  // the trained model was used, kept or discarded
  bool can_revert = false;       // to the model used before
  TeachingState teaching;
  std::string toast;  // a short message about what was just done; else empty
  bool help_shown = false;
  bool clean_view = false;  // no overlay
};

// The state at the start of the app: settings are loaded from their file and the source is chosen.
// `source` is the one of the command line; see ChooseFirstSource where it is empty.
AppState FirstState(const std::string& source, const std::filesystem::path& settings_file);

// The file of the model that is in use or being loaded; empty where that is not known yet.
std::string ModelFile(const AppState& state);

// The model in use among those that may be chosen; null where it is not one of them.
const StoredModel* ModelInUse(const AppState& state);

}  // namespace nosetip

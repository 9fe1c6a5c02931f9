// What a panel may ask for. Panels change nothing themselves; the app handles commands.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "gui/state/settings.h"
#include "gui/teaching/sample_files.h"
#include "training/background/training_messages.h"

namespace nosetip {

struct OpenSource {
  std::string source;  // as for OpenFrameSource
};
struct SetPaused {
  bool paused = false;
};
struct StepFrame {};
struct SeekTo {
  double pts_s = 0.0;
};
// The new settings; only what differs from the current ones takes effect.
struct ChangeSettings {
  Settings settings;
};
struct SetCleanView {
  bool clean = false;
};
struct ResetLayout {};
struct RefreshCameras {};
struct ShowHelp {
  bool shown = false;
};
struct BrowseFor {
  enum class What {
    kSource,
    kSourceFolder,
    kModel,
    kDataFolder,
    kMediaFolder
  } what = What::kSource;
};
// Learns the neutral faces that signals are compared with over.
struct CalibrateSignals {};
struct TakeScreenshot {};
struct SetRecording {
  bool recording = false;
};
// With the desktop's program for it.
struct ShowInDesktop {
  std::filesystem::path path;
};
struct InspectData {
  TrainingOrder order;
};
// The app sets the run folder.
struct StartTraining {
  TrainingOrder order;
};
// The one that was stopped last.
struct ResumeTraining {};
struct PauseTraining {
  bool paused = false;
};
struct StopTraining {};
// What to do with a trained model.
struct DecideOnModel {
  enum What { kUse, kKeep, kDiscard } what = kKeep;
};
// Back to the model used before.
struct RevertModel {};
// Saves a face with corrected points as a sample.
struct SaveCorrected {
  std::shared_ptr<const Image> picture;
  std::vector<Point2f> points_px;
  std::chrono::system_clock::time_point captured_at;
};
struct RemoveSaved {
  SavedSample sample;
};
struct ToggleFullScreen {};
struct Quit {};

using Command =
    std::variant<OpenSource, SetPaused, StepFrame, SeekTo, ChangeSettings, SetCleanView,
                 ResetLayout, RefreshCameras, ShowHelp, BrowseFor, CalibrateSignals, TakeScreenshot,
                 SetRecording, ShowInDesktop, InspectData, StartTraining, ResumeTraining,
                 PauseTraining, StopTraining, DecideOnModel, RevertModel, SaveCorrected,
                 RemoveSaved, ToggleFullScreen, Quit>;

}  // namespace nosetip

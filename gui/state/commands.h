// What a panel may ask for. Panels call nothing: the app carries commands out.
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
// All changes of settings: what differs from those in use takes effect.
struct ChangeSettings {
  Settings settings;
};
struct SetCleanView {
  bool clean = false;
};
struct ResetLayout {};
struct ListCamerasAgain {};
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
struct TakeScreenshot {};
struct SetRecording {
  bool recording = false;
};
// With the program that the desktop has for it.
struct ShowInDesktop {
  std::filesystem::path path;
};
struct InspectData {
  TrainingOrder order;
};
// The app says where it is trained.
struct StartTraining {
  TrainingOrder order;
};
// The one that was stopped.
struct ResumeTraining {};
struct PauseTraining {
  bool paused = false;
};
struct StopTraining {};
// What becomes of a model that was trained.
struct JudgeModel {
  enum What { kUse, kKeep, kDiscard } what = kKeep;
};
// The model that was in use before the latest was.
struct GoBackToModel {};
// A face with corrected points, as a sample.
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

using Command = std::variant<OpenSource, SetPaused, StepFrame, SeekTo, ChangeSettings, SetCleanView,
                             ResetLayout, ListCamerasAgain, ShowHelp, BrowseFor, TakeScreenshot,
                             SetRecording, ShowInDesktop, InspectData, StartTraining,
                             ResumeTraining, PauseTraining, StopTraining, JudgeModel, GoBackToModel,
                             SaveCorrected, RemoveSaved, ToggleFullScreen, Quit>;

}  // namespace nosetip

// Runs trainings in the background, and keeps the trained models.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "gui/models/model_store.h"
#include "gui/platform/frame_texture.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "gui/training_job/training_job.h"
#include "training/background/training_messages.h"

namespace nosetip {

// For the thread of the window.
class TrainingController {
 public:
  // A training that an earlier run of the app left unfinished can be resumed.
  TrainingController();

  void Handle(const InspectData& wanted);
  void Handle(const StartTraining& wanted, AppState& state);
  void Handle(const ResumeTraining&, AppState& state);
  void Handle(const PauseTraining& wanted) { wanted.paused ? job_.Pause() : job_.Resume(); }
  void Handle(const StopTraining&) { job_.Stop(); }
  // Both return the model to use from now on; nothing where it stays the same. The first throws
  // Error where the new model cannot be saved.
  std::optional<std::string> Handle(const DecideOnModel& wanted, AppState& state);
  std::optional<std::string> Handle(const RevertModel&, AppState& state);
  // All models, shipped ones first; `in_use` is among them, wherever it is.
  std::vector<StoredModel> Models(const std::string& in_use) { return store_.Refresh(in_use); }

  // Brings the state up to date; once per frame.
  void Update(AppState& state);

 private:
  void Begin(AppState& state);
  void UploadPictures(AppState& state);

  TrainingJob job_;
  ModelStore store_;
  ModelChoice choice_;                // since the app was started
  TrainingOrder order_;               // the latest training
  std::filesystem::path order_file_;  // exists while that training is unfinished
  bool unfinished_ = false;           // it can be resumed
  std::map<const Image*, FrameTexture> textures_;
  // The pictures of the textures.
  std::shared_ptr<const ShownFaces> samples_, augmented_, validation_;
};

// The order of an unfinished training on disk, so that the next start of the app can resume it.

// Returns why it could not be saved; else an empty text.
std::string SaveOrder(const std::filesystem::path& file, const TrainingOrder& order);

// Nothing where there is no such file, or this version of the app did not write it.
std::optional<TrainingOrder> LoadOrder(const std::filesystem::path& file);

}  // namespace nosetip

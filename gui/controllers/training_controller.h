// Training and its models, as the app uses them.
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

// Of the thread of the window.
class TrainingController {
 public:
  // What an app before this one left unfinished can go on.
  TrainingController();

  void Do(const InspectData& wanted);
  void Do(const StartTraining& wanted, AppState& state);
  void Do(const ResumeTraining&, AppState& state);
  void Do(const PauseTraining& wanted) { wanted.paused ? job_.Pause() : job_.GoOn(); }
  void Do(const StopTraining&) { job_.Stop(); }
  // The path of the model that is to be used from now on; nothing where it stays as it is. Throws
  // Error where the new one cannot be kept.
  std::optional<std::string> Do(const JudgeModel& wanted, AppState& state);
  std::optional<std::string> Do(const GoBackToModel&, AppState& state);
  // The models that there are, shipped ones first; the one in use wherever it lies.
  std::vector<StoredModel> Models(const std::string& in_use) { return store_.Refresh(in_use); }

  // Brings what the panels show up to date; once a frame of the window.
  void Update(AppState& state);

 private:
  void Begin(AppState& state);
  void UploadPictures(AppState& state);

  TrainingJob job_;
  ModelStore store_;
  ModelChoice choice_;                // since the start
  TrainingOrder order_;               // the latest training
  std::filesystem::path order_file_;  // holds the order until it was carried out
  bool unfinished_ = false;           // the order's training can be resumed
  std::map<const Image*, FrameTexture> textures_;
  // What is uploaded, so that the pictures stay where they are.
  std::shared_ptr<const ShownFaces> samples_, augmented_, validation_;
};

// The order of a training on disk, so that another start of the app can go on with it.

// Writes the order as JSON, beside and renamed. Empty, or why it is not kept.
std::string SaveOrder(const std::filesystem::path& file, const TrainingOrder& order);

// Nothing where there is no such file, or none that this version of the program has written.
std::optional<TrainingOrder> LoadOrder(const std::filesystem::path& file);

}  // namespace nosetip

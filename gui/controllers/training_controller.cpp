#include "gui/controllers/training_controller.h"

#include <chrono>
#include <optional>
#include <string>
#include <system_error>
#include <utility>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "gui/platform/desktop.h"
#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/text_file.h"
#include "tracker/output/text_output.h"
#include "training/background/training_messages.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

std::filesystem::path NewRun(const std::string& task) {
  return FreeRunFolder(UserDataFolder() / "runs", task, std::chrono::system_clock::now());
}

// What a training needs to be resumed.
bool HasCheckpoint(const TrainingOrder& order) {
  std::error_code ignored;
  return !order.out.empty() && std::filesystem::exists(order.out / kRunState, ignored);
}

}  // namespace

TrainingController::TrainingController()
    : job_(TrainerBesideThisProgram()),
      store_(AssetPath("models"), UserDataFolder() / "models"),
      order_file_(UserDataFolder() / "unfinished_training.json") {
  if (std::optional<TrainingOrder> order = LoadOrder(order_file_)) {
    order_ = std::move(*order);
    unfinished_ = HasCheckpoint(order_);
  }
}

void TrainingController::Handle(const InspectData& wanted) {
  TrainingOrder order = wanted.order;
  order.out = NewRun(order.task);
  job_.Inspect(order);
}

void TrainingController::Handle(const StartTraining& wanted, AppState& state) {
  order_ = wanted.order;
  order_.out = NewRun(order_.task);
  Begin(state);
}

void TrainingController::Handle(const ResumeTraining&, AppState& state) {
  order_.resume = true;
  Begin(state);
}

void TrainingController::Begin(AppState& state) {
  std::error_code ignored;  // the training reports what is wrong with the folder
  std::filesystem::create_directories(order_.out.parent_path(), ignored);
  const std::string problem = SaveOrder(order_file_, order_);
  if (!problem.empty()) state.log.Add(Severity::kWarning, problem);
  unfinished_ = true;
  state.model_is_decided = false;
  job_.Train(order_);
}

std::optional<std::string> TrainingController::Handle(const DecideOnModel& wanted,
                                                      AppState& state) {
  if (!state.training.result) return std::nullopt;
  std::optional<std::string> use;
  if (wanted.what != DecideOnModel::kDiscard) {
    const auto kept =
        store_.Keep(state.training.result->model, order_.task, std::chrono::system_clock::now());
    state.log.Add(Severity::kInfo, "Saved the new model as " + kept.string());
    if (wanted.what == DecideOnModel::kUse) {
      choice_.in_use = state.settings.model.model;
      choice_ = WithModel(choice_, kept);
      use = kept.string();
    }
  }
  state.model_is_decided = true;
  state.can_revert = CanRevert(choice_);
  return use;
}

std::optional<std::string> TrainingController::Handle(const RevertModel&, AppState& state) {
  if (!CanRevert(choice_)) return std::nullopt;
  choice_ = WithPreviousModel(choice_);
  state.can_revert = CanRevert(choice_);
  return choice_.in_use.string();
}

void TrainingController::Update(AppState& state) {
  const TrainingStage before = state.training.stage;
  state.training = job_.Read();
  const TrainingStage now = state.training.stage;
  if (now == TrainingStage::kFailed && before != now) {
    state.log.Add(Severity::kError, state.training.error);
  }
  const bool has_ended = now == TrainingStage::kFailed || now == TrainingStage::kStopped;
  if (has_ended && before != now) unfinished_ = HasCheckpoint(order_);
  if (now == TrainingStage::kDone && before != now) {
    state.log.Add(Severity::kInfo, "Training finished");
    unfinished_ = false;
    std::error_code ignored;
    std::filesystem::remove(order_file_, ignored);
  }
  state.can_resume_training = unfinished_ && !IsBusy(state.training);
  UploadPictures(state);
}

void TrainingController::UploadPictures(AppState& state) {
  const TrainingState& training = state.training;
  if (training.samples == samples_ && training.augmented == augmented_ &&
      training.validation == validation_) {
    return;
  }
  samples_ = training.samples;
  augmented_ = training.augmented;
  validation_ = training.validation;
  std::map<const Image*, FrameTexture> kept;
  state.training_pictures.clear();
  for (const auto& shown : {samples_, augmented_, validation_}) {
    if (!shown) continue;
    for (const ShownFace& face : shown->faces) {
      FrameTexture& texture = kept[&face.picture];
      if (const auto known = textures_.find(&face.picture); known != textures_.end()) {
        texture = std::move(known->second);
      } else {
        texture.Upload(face.picture);
      }
      state.training_pictures[&face.picture] = {texture.Id(), texture.width_px(),
                                                texture.height_px()};
    }
  }
  textures_ = std::move(kept);
}

std::string SaveOrder(const std::filesystem::path& file, const TrainingOrder& order) {
  try {
    std::error_code ignored;  // SaveText reports what is wrong with the folder
    std::filesystem::create_directories(file.parent_path(), ignored);
    SaveText(file,
             JsonText(MessageFrom(TrainingRequest{TrainingRequestKind::kTrain, order}), 2) + "\n");
  } catch (const Error& error) {
    return fmt::format("This training cannot be resumed after a restart: {}", error.what());
  }
  return "";
}

std::optional<TrainingOrder> LoadOrder(const std::filesystem::path& file) {
  constexpr size_t kMaxBytes = size_t{1} << 20;
  std::error_code ignored;
  if (!std::filesystem::exists(file, ignored)) return std::nullopt;
  try {
    return RequestFrom(ParseJson(ReadTextFile(file.string(), kMaxBytes))).order;
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace nosetip

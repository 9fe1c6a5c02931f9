#include "gui/training_desk.h"

#include <chrono>
#include <system_error>
#include <utility>

#include "tracker/core/assets.h"

namespace nosetip {

namespace {

std::filesystem::path NewRun(const std::string& task) {
  return FreeRunFolder(UserDataFolder() / "runs", task, std::chrono::system_clock::now());
}

}  // namespace

TrainingDesk::TrainingDesk()
    : job_(TrainerBesideThisProgram()), store_(AssetPath("models"), UserDataFolder() / "models") {}

std::vector<std::string> TrainingDesk::Models() {
  std::vector<std::string> paths;
  for (const StoredModel& model : store_.Refresh()) paths.push_back(model.path.string());
  return paths;
}

void TrainingDesk::Do(const InspectData& wanted) {
  TrainingOrder order = wanted.order;
  order.out = NewRun(order.task);
  job_.Inspect(order);
}

void TrainingDesk::Do(const StartTraining& wanted, AppState& state) {
  order_ = wanted.order;
  order_.out = NewRun(order_.task);
  std::error_code ignored;  // the training says what is wrong with the folder
  std::filesystem::create_directories(order_.out.parent_path(), ignored);
  state.training_is_judged = false;
  job_.Train(order_);
}

void TrainingDesk::Do(const ResumeTraining&, AppState& state) {
  order_.resume = true;
  state.training_is_judged = false;
  job_.Train(order_);
}

std::optional<std::string> TrainingDesk::Do(const JudgeModel& wanted, AppState& state) {
  if (!state.training.result) return std::nullopt;
  std::optional<std::string> use;
  if (wanted.what != JudgeModel::kDiscard) {
    const auto kept =
        store_.Keep(state.training.result->model, order_.task, std::chrono::system_clock::now());
    state.log.Add(Severity::kInfo, "the new model is kept as " + kept.string());
    if (wanted.what == JudgeModel::kUse) {
      choice_.in_use = state.settings.model.model;
      choice_ = WithModel(choice_, kept);
      use = kept.string();
    }
  }
  state.training_is_judged = true;
  state.can_go_back = CanGoBack(choice_);
  return use;
}

std::optional<std::string> TrainingDesk::Do(const GoBackToModel&, AppState& state) {
  if (!CanGoBack(choice_)) return std::nullopt;
  choice_ = WithModelBefore(choice_);
  state.can_go_back = CanGoBack(choice_);
  return choice_.in_use.string();
}

void TrainingDesk::Update(AppState& state) {
  const TrainingStage before = state.training.stage;
  state.training = job_.Read();
  const TrainingStage now = state.training.stage;
  state.training_can_go_on = now == TrainingStage::kStopped && !order_.out.empty();
  if (now == TrainingStage::kFailed && before != now) {
    state.log.Add(Severity::kError, state.training.error);
  }
  if (now == TrainingStage::kDone && before != now) {
    state.log.Add(Severity::kInfo, "the training is done");
  }
  UploadPictures(state);
}

void TrainingDesk::UploadPictures(AppState& state) {
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

}  // namespace nosetip

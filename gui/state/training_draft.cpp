#include "gui/state/training_draft.h"

#include <algorithm>

#include "training/landmarks/recipes.h"

namespace nosetip {

void UpdateOptions(TrainingDraft& draft) {
  const std::string wanted = draft.task + " " + draft.recipe;
  if (draft.options_of == wanted) return;
  draft.options_of = wanted;
  draft.options = RecipeOf(draft.task, draft.recipe).train;
}

bool CanStartFromModelInUse(const TrainingDraft& draft, const AppState& state) {
  const StoredModel* model = ModelInUse(state);
  if (model == nullptr || !model->info) return false;
  const auto task = std::ranges::find(kLandmarkTasks, draft.task, &LandmarkTask::name);
  return task != kLandmarkTasks.end() && task->schema == model->info->schema &&
         (draft.options.like_init || draft.options.architecture == model->info->architecture);
}

TrainingOrder OrderOf(const TrainingDraft& draft, const AppState& state) {
  TrainingOrder order;
  order.task = draft.task;
  order.data = draft.data;
  order.options = draft.options;
  order.augment = RecipeOf(draft.task, draft.recipe).augment;
  const bool from_model_in_use = (draft.from_weights_in_use || draft.options.like_init) &&
                                 CanStartFromModelInUse(draft, state);
  if (from_model_in_use) order.options.init = ModelFile(state);
  order.compare_with = ModelFile(state);
  return order;
}

std::optional<TrainingOrder> FineTuningOf(const AppState& state) {
  if (state.teaching.samples.size() < kMinSamples) return std::nullopt;
  if (!state.shown || state.shown->schema == nullptr) return std::nullopt;
  const auto task =
      std::ranges::find(kLandmarkTasks, state.shown->schema->name, &LandmarkTask::schema);
  if (task == kLandmarkTasks.end()) return std::nullopt;
  const Recipe recipe = RecipeOf(std::string(task->name), "fine-tune");
  TrainingOrder order;
  order.task = task->name;
  order.data = {state.teaching.folder.string()};
  order.options = recipe.train;
  order.options.init = ModelFile(state);
  order.augment = recipe.augment;
  order.compare_with = ModelFile(state);
  return order;
}

}  // namespace nosetip

// The training that the user is about to start, and the orders for the training process.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/state/app_state.h"
#include "training/background/training_messages.h"

namespace nosetip {

struct TrainingDraft {
  std::string task = "face68";
  std::string recipe = "best";
  std::string typed;              // a path that is being typed
  std::vector<std::string> data;  // folders, files and packs
  bool from_weights_in_use = true;
  TrainOptions options;    // of the recipe, as edited in the panel
  std::string options_of;  // task and recipe that `options` came from
};

// Takes the options of the recipe where task or recipe has changed.
void UpdateOptions(TrainingDraft& draft);

// True where the weights of the model in use fit: the same network for the same points.
bool CanStartFromModelInUse(const TrainingDraft& draft, const AppState& state);

// The order for the draft; the run folder is left to the app.
TrainingOrder OrderOf(const TrainingDraft& draft, const AppState& state);

// Fewer corrected faces are not enough to fine-tune on.
inline constexpr size_t kMinSamples = 2;

// The order to fine-tune the model in use on the saved samples. Nothing where there are too few, or
// no recipe trains the points of that model.
std::optional<TrainingOrder> FineTuningOf(const AppState& state);

}  // namespace nosetip

// Training from the app: data, settings, progress, and what came of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// What is chosen for the next training. `data` is also added to by the file browser.
struct TrainingDraft {
  std::string task = "face68";
  std::string recipe = "best";
  std::string typed;              // a path that is being typed
  std::vector<std::string> data;  // folders, files and packs
  bool from_weights_in_use = true;
  TrainOptions options;    // of those, what the panel shows
  std::string options_of;  // task and recipe that `options` came from
};

std::optional<Command> DrawTrainingPanel(const AppState& state, TrainingDraft& draft);

// What the draft asks for. Where to train, and what to compare with, is the app's to say.
TrainingOrder OrderOf(const TrainingDraft& draft, const AppState& state);

}  // namespace nosetip

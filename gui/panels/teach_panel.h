// Teaching the tracker a face: capture, correct, save, fine-tune.
#pragma once

#include <optional>

#include "gui/panels/teach_view.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

std::optional<Command> DrawTeachPanel(const AppState& state, TeachDraft& draft);

// A training of the model in use on the samples alone. Nothing where no recipe is for its points,
// or too few samples are there.
std::optional<TrainingOrder> FineTuningOf(const AppState& state);

}  // namespace nosetip

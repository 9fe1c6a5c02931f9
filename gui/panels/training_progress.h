// How a training goes, and what came of it.
#pragma once

#include <optional>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// Why the latest could not be done; nothing where it could.
void DrawTrainingError(const AppState& state);

// What is being done, how far it is, curves, and faces as they come.
std::optional<Command> DrawTrainingProgress(const AppState& state);

// Old and new model side by side, and what to do with the new one.
std::optional<Command> DrawTrainingVerdict(const AppState& state);

// Pictures with their points in a grid: truth in green, answers in amber.
void DrawShownFaces(const AppState& state, const ShownFaces& shown, size_t most);

}  // namespace nosetip

// What is drawn over the picture, and how the window looks.
#pragma once

#include <optional>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

std::optional<Command> DrawOverlayPanel(const AppState& state);

}  // namespace nosetip

// The list of keys, over everything else.
#pragma once

#include <optional>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

std::optional<Command> DrawHelpPanel(const AppState& state);

}  // namespace nosetip

// The list of keys, over everything else.
#pragma once

#include <optional>

#include "gui/app_state.h"
#include "gui/commands.h"

namespace nosetip {

std::optional<Command> DrawHelpPanel(const AppState& state);

}  // namespace nosetip

// How faces are found and followed.
#pragma once

#include <optional>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

std::optional<Command> DrawTrackerPanel(const AppState& state);

}  // namespace nosetip

// Controls of the source and of what is saved, in one line.
#pragma once

#include <optional>
#include <string>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// "1:05.3"
std::string TimeText(double seconds);

// At the cursor, to the end of the line.
std::optional<Command> DrawTransportBar(const AppState& state);

}  // namespace nosetip

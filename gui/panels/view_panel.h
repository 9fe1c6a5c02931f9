// The live picture with what was found in it, and the bar that controls the source.
#pragma once

#include <optional>

#include "gui/app_state.h"
#include "gui/commands.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// Fills the area (screen units).
std::optional<Command> DrawViewPanel(const AppState& state, const RectF& area);

}  // namespace nosetip

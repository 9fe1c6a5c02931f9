// The screenshots and recordings that were made.
#pragma once

#include <optional>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

std::optional<Command> DrawGalleryPanel(const AppState& state);

}  // namespace nosetip

// The live picture with what was found in it, and the bar that controls the source.
#pragma once

#include <optional>

#include "gui/panels/teach_view.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// Fills the area (screen units). While a face is corrected, that is in the picture's place.
std::optional<Command> DrawViewPanel(const AppState& state, TeachDraft& teach, const RectF& area);

}  // namespace nosetip

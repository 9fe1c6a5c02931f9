// A captured face in place of the live picture, its points to be dragged.
#pragma once

#include "gui/state/app_state.h"
#include "gui/panels/teach_draft.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// Fills the area (screen units). The draft has an editor.
void DrawTeachView(const AppState& state, TeachDraft& draft, const RectF& area);

}  // namespace nosetip

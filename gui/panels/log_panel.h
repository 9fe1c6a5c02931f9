// What happened.
#pragma once

#include "gui/state/app_state.h"

namespace nosetip {

void DrawLogPanel(const AppState& state);

}  // namespace nosetip

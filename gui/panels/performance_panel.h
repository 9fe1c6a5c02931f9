// How fast it is, and what it runs on.
#pragma once

#include "gui/state/app_state.h"

namespace nosetip {

void DrawPerformancePanel(const AppState& state);

}  // namespace nosetip

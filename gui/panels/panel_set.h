// All panels in their places.
#pragma once

#include <optional>
#include <string>

#include "gui/panels/source_panel.h"
#include "gui/panels/teach_view.h"
#include "gui/panels/training_panel.h"
#include "gui/state/app_state.h"
#include "gui/state/commands.h"
#include "gui/state/layout.h"

namespace nosetip {

// What panels remember between frames that is not the app's: what is typed, which tab is open.
struct PanelDrafts {
  SourceDraft source;
  TrainingDraft training;
  TeachDraft teach;
};

// Draws the whole window, within a frame of Dear ImGui. Gives at most one command a frame; what a
// user does takes longer.
std::optional<Command> DrawAllPanels(const AppState& state, PanelDrafts& drafts);

}  // namespace nosetip

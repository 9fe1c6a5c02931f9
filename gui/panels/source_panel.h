// Where the picture comes from.
#pragma once

#include <optional>
#include <string>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

// What is typed and chosen, but not asked for yet.
struct SourceDraft {
  std::string address;
};

std::optional<Command> DrawSourcePanel(const AppState& state, SourceDraft& draft);

}  // namespace nosetip

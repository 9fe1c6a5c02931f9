// The keys of the app.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "gui/state/app_state.h"
#include "gui/state/commands.h"

namespace nosetip {

struct KeyBinding {
  std::string_view key;  // as WindowEvents names it
  std::string_view help;
  Command (*command)(const AppState&);
};

std::span<const KeyBinding> KeyBindings();

// What this key asks for; nothing for a key without a meaning.
std::optional<Command> CommandOfKey(std::string_view key, const AppState& state);

// The list of keys, over everything else.

std::optional<Command> DrawHelpPanel(const AppState& state);

}  // namespace nosetip

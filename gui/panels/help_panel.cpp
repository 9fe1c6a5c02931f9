#include "gui/panels/help_panel.h"

#include <string>

#include "gui/panels/keys.h"
#include "gui/panels/widgets.h"

namespace nosetip {

std::optional<Command> DrawHelpPanel(const AppState& state) {
  if (!state.help_shown) return std::nullopt;
  BeginItemsOf("Help");
  std::optional<Command> command;
  const ImVec2 screen = ImGui::GetIO().DisplaySize;
  ImGui::SetNextWindowPos({0.5F * screen.x, 0.5F * screen.y}, ImGuiCond_Always, {0.5F, 0.5F});
  bool open = true;
  const WindowFrame frame;
  ImGui::Begin("Keys", &open,
               ImGuiWindowFlags_AlwaysAutoResize | ImGuiWindowFlags_NoCollapse |
                   ImGuiWindowFlags_NoMove | ImGuiWindowFlags_NoSavedSettings);
  if (ImGui::BeginTable("keys", 4, ImGuiTableFlags_SizingFixedFit)) {
    for (const KeyBinding& binding : KeyBindings()) {
      ImGui::TableNextColumn();
      ImGui::PushStyleColor(ImGuiCol_Text, CurrentPalette().accent);
      ImGui::TextUnformatted(std::string(binding.key).c_str());
      ImGui::PopStyleColor();
      ImGui::TableNextColumn();
      ImGui::TextUnformatted((std::string(binding.help) + "     ").c_str());
    }
    ImGui::EndTable();
  }
  Dim("While points are corrected: Ctrl+Z and Ctrl+Y take back and redo, arrows move a point.");
  if (Button("Close", "Esc")) open = false;
  ImGui::End();
  if (!open) command = ShowHelp{false};
  return command;
}

}  // namespace nosetip

#include <array>
#include <string_view>

#include "gui/panels/panels.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

// In two columns.
bool EditSwitches(ViewOptions& view) {
  bool changed = false;
  if (!ImGui::BeginTable("switches", 2)) return changed;
  for (const OptionRef& option : OptionRefs(view)) {
    if (!std::holds_alternative<bool*>(option.value)) continue;
    ImGui::TableNextColumn();
    changed |= EditOption(option);
  }
  ImGui::EndTable();
  return changed;
}

}  // namespace

std::optional<Command> DrawOverlayPanel(const AppState& state) {
  BeginItemsOf("Overlay");
  std::optional<Command> command;
  ChangeSettings change{state.settings};
  ViewOptions& view = change.settings.view;
  bool changed = false;
  ImGui::PushItemWidth(0.52F * ImGui::GetContentRegionAvail().x);
  Heading("Overlay");
  bool clean = state.clean_view;
  if (Checkbox("Clean view", clean, "Hide the overlay (C)")) command = SetCleanView{clean};
  ImGui::BeginDisabled(state.clean_view);
  changed |= EditSwitches(view);
  constexpr std::array<std::string_view, 4> kSizes = {"point-size", "line-width", "opacity",
                                                      "trail-frames"};
  changed |= EditOptions(view, kSizes);
  ImGui::EndDisabled();
  if (Button("Reset##overlay", "Restore the default overlay")) {
    view = ViewOptions{};
    changed = true;
  }
  Heading("Appearance");
  constexpr std::array<std::string_view, 2> kLook = {"theme", "text-percent"};
  changed |= EditOptions(change.settings.interface, kLook);
  if (Button("Reset layout", "Restore the default size of panels and text"))
    command = ResetLayout{};
  ImGui::SameLine();
  if (Button("Full screen", "F")) command = ToggleFullScreen{};
  ImGui::SameLine();
  if (Button("Shortcuts", "Show all keyboard shortcuts (F1)")) command = ShowHelp{true};
  ImGui::PopItemWidth();
  if (changed) command = change;
  return command;
}

}  // namespace nosetip

// The widgets of all panels: Dear ImGui's, with a tooltip and a place in the item map each.
#pragma once

#include <algorithm>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include <imgui.h>
#include <imgui_stdlib.h>

#include "gui/panels/item_map.h"
#include "gui/panels/theme.h"
#include "tracker/core/fields.h"

namespace nosetip {

// The items that are drawn next belong to this panel. The map is ImGuiIO::UserData, which may be
// null.
void BeginItemsOf(const char* panel);
// Notes where the last item is.
void NoteItem(std::string_view label);
// Notes what is drawn without being an item.
void NotePlace(const std::string& label, const RectF& place);
// Of the last item, when the mouse rests on it.
void Tooltip(std::string_view text);

// Gives the windows that lie over others a border and their own ground, while it lives.
class WindowFrame {
 public:
  WindowFrame() {
    ImGui::PushStyleVar(ImGuiStyleVar_WindowBorderSize, 1.0F);
    ImGui::PushStyleVar(ImGuiStyleVar_WindowRounding, 8.0F);
    ImGui::PushStyleColor(ImGuiCol_WindowBg, ImGui::GetStyle().Colors[ImGuiCol_PopupBg]);
  }
  ~WindowFrame() {
    ImGui::PopStyleColor();
    ImGui::PopStyleVar(2);
  }
  WindowFrame(const WindowFrame&) = delete;
  WindowFrame& operator=(const WindowFrame&) = delete;
};

bool Button(const char* label, std::string_view tooltip = {});
// True where it was clicked. A `primary` button is in the accent color.
bool PrimaryButton(const char* label, std::string_view tooltip = {});
bool Checkbox(const char* label, bool& value, std::string_view tooltip = {});
// The index that was chosen, or -1.
int Combo(const char* label, const std::string& shown, std::span<const std::string> choices,
          std::string_view tooltip = {});
// True when Enter was pressed or the field was left after a change.
bool TextField(const char* label, std::string& value, std::string_view tooltip = {});
// To be ended by ImGui::EndTabBar where it is true.
bool BeginTabs(const char* name);
bool BeginTab(const char* label, bool selected_now = false);

void Heading(const char* text);
void Wrapped(std::string_view text);
void Dim(std::string_view text);
// "name    value" in a row of a two-column list.
void ValueRow(const char* name, const std::string& value, std::string_view tooltip = {});
// A small line plot with its latest values, from 0 to `most` or the largest.
void Plot(const char* label, std::span<const float> values, float most);

// "detect-interval" as "Detect interval".
std::string LabelOf(std::string_view field_name);

// An editor for one option. True where it was changed.
bool EditOption(const OptionRef& option);

// All members, or those whose names are given, in that order.
bool EditOptionRefs(std::span<const OptionRef> options, std::span<const std::string_view> names);

template <typename Options>
bool EditOptions(Options& options, std::span<const std::string_view> names = {}) {
  return EditOptionRefs(OptionRefs(options), names);
}

}  // namespace nosetip

// The widgets of all panels: Dear ImGui's, each with a tooltip and a place in the item map.
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
#include "tracker/core/geometry.h"

namespace nosetip {

// The items that follow belong to this panel. The item map is ImGuiIO::UserData, which may be null.
void BeginItemsOf(const char* panel);
// Adds the last item to the item map.
void NoteItem(std::string_view label);
// Adds a place without an item, or a text for programs that drive the app.
void NotePlace(const std::string& label, const RectF& place);
// For the last item.
void Tooltip(std::string_view text);

// While it exists, windows have a border and their own background, to lie over others.
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

// True where it was clicked.
bool Button(const char* label, std::string_view tooltip = {});
// In the accent color.
bool PrimaryButton(const char* label, std::string_view tooltip = {});
bool Checkbox(const char* label, bool& value, std::string_view tooltip = {});
// A row of a list with the name of a file or device, which may be empty or hold "##", where Dear
// ImGui ends what it shows of a label. `index` tells the rows apart. True where it was clicked.
bool NameRow(size_t index, const std::string& name, bool selected = false);
// The index that was chosen, or -1.
int Combo(const char* label, const std::string& shown, std::span<const std::string> choices,
          std::string_view tooltip = {});
// True when Enter was pressed, or the field was left after a change.
bool TextField(const char* label, std::string& value, std::string_view tooltip = {});
// Ended by ImGui::EndTabBar and EndTabItem where they are true.
bool BeginTabs(const char* name);
bool BeginTab(const char* label);

void Heading(const char* text);
void Wrapped(std::string_view text);
void Wrapped(std::string_view text, const ImVec4& color);
void Dim(std::string_view text);
// Red; nothing where the text is empty.
void Problem(std::string_view text);
// "name    value" in a row of a two-column list.
void ValueRow(const char* name, const std::string& value, std::string_view tooltip = {});

// 1 for text of kTextPx.
float UiScale();
inline ImVec2 ToImVec(Point2f p) { return {p.x, p.y}; }
void FillRect(ImDrawList& list, const RectF& area, ImU32 color, float rounding = 0.0F);
// "1:05.3"
std::string TimeText(double seconds);

// The label of an option: "max-faces" is "Maximum faces".
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

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

// An editor for one member of a struct of options. True where it was changed.
template <typename Options>
bool EditField(const Field<Options>& field, Options& options) {
  const std::string label = LabelOf(field.name);
  return std::visit(
      [&](auto member) {
        auto& value = options.*member;
        using Value = std::remove_cvref_t<decltype(value)>;
        bool changed = false;
        if constexpr (std::is_same_v<Value, bool>) {
          changed = Checkbox(label.c_str(), value, field.help);
        } else if constexpr (std::is_same_v<Value, int>) {
          constexpr double kMostOfSlider = 4096.0;
          if (field.high <= kMostOfSlider) {
            changed =
                ImGui::SliderInt(label.c_str(), &value, static_cast<int>(field.low),
                                 static_cast<int>(field.high), "%d", ImGuiSliderFlags_AlwaysClamp);
          } else {
            changed = ImGui::InputInt(label.c_str(), &value);
          }
          NoteItem(label);
          Tooltip(field.help);
        } else if constexpr (std::is_arithmetic_v<Value>) {
          auto number = static_cast<float>(value);
          const bool fine = field.high <= 10.0;
          // A rate of 0.0008 cannot be set by a slider from 0 to 1.
          const bool is_tiny = value > 0 && static_cast<double>(value) < 0.02 * field.high;
          if (field.high <= 1000.0 && !is_tiny) {
            changed = ImGui::SliderFloat(label.c_str(), &number, static_cast<float>(field.low),
                                         static_cast<float>(field.high), fine ? "%.2f" : "%.1f",
                                         ImGuiSliderFlags_AlwaysClamp);
          } else {
            changed = ImGui::InputFloat(label.c_str(), &number, 0.0F, 0.0F, "%.4g");
          }
          NoteItem(label);
          Tooltip(field.help);
          if (changed) value = static_cast<Value>(number);
        } else if constexpr (std::is_same_v<Value, std::string>) {
          if (field.choices.empty()) {
            changed = TextField(label.c_str(), value, field.help);
          } else {
            const int chosen = Combo(label.c_str(), value, field.choices, field.help);
            changed = chosen >= 0;
            if (changed) value = field.choices[static_cast<size_t>(chosen)];
          }
        }
        if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
          if (changed) {
            value = static_cast<Value>(
                std::min(std::max(static_cast<double>(value), field.low), field.high));
          }
        }
        return changed;
      },
      field.member);
}

// All members, or those whose names are given, in that order.
template <typename Options>
bool EditOptions(Options& options, std::span<const std::string_view> names = {}) {
  bool changed = false;
  if (names.empty()) {
    for (const auto& field : Options::Fields()) changed |= EditField(field, options);
  }
  for (const std::string_view name : names) {
    for (const auto& field : Options::Fields()) {
      if (field.name == name) changed |= EditField(field, options);
    }
  }
  return changed;
}

}  // namespace nosetip

#include "gui/panels/widgets.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <type_traits>

#include <fmt/core.h>

namespace nosetip {
namespace {

// Narrow, so that all tabs of a bar fit.
void PushTabPadding() {
  ImGui::PushStyleVar(ImGuiStyleVar_FramePadding,
                      {0.3F * ImGui::GetFontSize(), ImGui::GetStyle().FramePadding.y});
  ImGui::PushStyleVar(ImGuiStyleVar_ItemInnerSpacing,
                      {0.2F * ImGui::GetFontSize(), ImGui::GetStyle().ItemInnerSpacing.y});
}

ItemMap* Items() { return static_cast<ItemMap*>(ImGui::GetIO().UserData); }

}  // namespace

void BeginItemsOf(const char* panel) {
  if (ItemMap* items = Items()) items->panel = panel;
}

void NoteItem(std::string_view label) {
  ItemMap* items = Items();
  if (items == nullptr || !ImGui::IsItemVisible()) return;
  const ImVec2 least = ImGui::GetItemRectMin();
  const ImVec2 size = ImGui::GetItemRectSize();
  // "Pause##play" is named Pause, and an item without a visible label, "##time", is named time.
  const size_t marks = label.find("##");
  const std::string name(marks == 0 ? label.substr(2) : label.substr(0, marks));
  items->Add(name, {least.x, least.y, size.x, size.y});
}

void NotePlace(const std::string& label, const RectF& place) {
  if (ItemMap* items = Items()) items->Add(label, place);
}

void Tooltip(std::string_view text) {
  if (text.empty() || !ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return;
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(26.0F * ImGui::GetFontSize());
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
  ImGui::EndTooltip();
}

bool Button(const char* label, std::string_view tooltip) {
  const bool pressed = ImGui::Button(label);
  NoteItem(label);
  Tooltip(tooltip);
  return pressed;
}

bool PrimaryButton(const char* label, std::string_view tooltip) {
  const Palette& palette = CurrentPalette();
  ImVec4 hovered = palette.accent;
  hovered.w = 0.85F;
  ImGui::PushStyleColor(ImGuiCol_Button, palette.accent);
  ImGui::PushStyleColor(ImGuiCol_ButtonHovered, hovered);
  ImGui::PushStyleColor(ImGuiCol_ButtonActive, hovered);
  ImGui::PushStyleColor(ImGuiCol_Text, palette.on_accent);
  const bool pressed = Button(label);
  ImGui::PopStyleColor(4);
  Tooltip(tooltip);
  return pressed;
}

bool Checkbox(const char* label, bool& value, std::string_view tooltip) {
  const bool changed = ImGui::Checkbox(label, &value);
  NoteItem(label);
  Tooltip(tooltip);
  return changed;
}

bool NameRow(size_t index, const std::string& name, bool selected) {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const bool clicked = ImGui::Selectable(fmt::format("##{}", index).c_str(), selected);
  ImGui::GetWindowDrawList()->AddText(at, ImGui::GetColorU32(ImGuiCol_Text), name.data(),
                                      name.data() + name.size());
  return clicked;
}

int Combo(const char* label, const std::string& shown, std::span<const std::string> choices,
          std::string_view tooltip) {
  int chosen = -1;
  const bool open = ImGui::BeginCombo(label, shown.c_str());
  NoteItem(label);
  if (!open) {
    Tooltip(tooltip);
    return chosen;
  }
  for (size_t i = 0; i < choices.size(); ++i) {
    if (NameRow(i, choices[i], choices[i] == shown)) chosen = static_cast<int>(i);
    NoteItem(std::string(label) + "=" + choices[i]);
  }
  ImGui::EndCombo();
  return chosen;
}

bool TextField(const char* label, std::string& value, std::string_view tooltip) {
  const bool entered = ImGui::InputText(
      label, &value, ImGuiInputTextFlags_EnterReturnsTrue | ImGuiInputTextFlags_AutoSelectAll);
  NoteItem(label);
  Tooltip(tooltip);
  return entered || ImGui::IsItemDeactivatedAfterEdit();
}

bool BeginTabs(const char* name) {
  PushTabPadding();
  const bool shown = ImGui::BeginTabBar(name, ImGuiTabBarFlags_FittingPolicyScroll);
  ImGui::PopStyleVar(2);
  return shown;
}

bool BeginTab(const char* label) {
  PushTabPadding();
  const bool shown = ImGui::BeginTabItem(label);
  ImGui::PopStyleVar(2);
  NoteItem(label);
  return shown;
}

void Heading(const char* text) {
  ImGui::Spacing();
  ImGui::TextColored(CurrentPalette().accent, "%s", text);
}

void Wrapped(std::string_view text) {
  ImGui::PushTextWrapPos(0.0F);
  ImGui::TextUnformatted(text.data(), text.data() + text.size());
  ImGui::PopTextWrapPos();
}

void Wrapped(std::string_view text, const ImVec4& color) {
  ImGui::PushStyleColor(ImGuiCol_Text, color);
  Wrapped(text);
  ImGui::PopStyleColor();
}

void Dim(std::string_view text) { Wrapped(text, CurrentPalette().dim); }

void Problem(std::string_view text) {
  if (!text.empty()) Wrapped(text, CurrentPalette().bad);
}

void ValueRow(const char* name, const std::string& value, std::string_view tooltip) {
  ImGui::TextColored(CurrentPalette().dim, "%s", name);
  Tooltip(tooltip);
  ImGui::SameLine(7.5F * ImGui::GetFontSize());
  Wrapped(value);
}

float UiScale() { return ImGui::GetFontSize() / kTextPx; }

void FillRect(ImDrawList& list, const RectF& area, ImU32 color, float rounding) {
  list.AddRectFilled({area.x, area.y}, {area.x + area.width, area.y + area.height}, color,
                     rounding);
}

std::string TimeText(double seconds) {
  const auto whole = static_cast<int>(std::max(0.0, seconds));
  const auto tenths = static_cast<int>(10.0 * (seconds - whole));
  return fmt::format("{}:{:02}.{}", whole / 60, whole % 60, tenths);
}

std::string LabelOf(std::string_view field_name) {
  // Where the name on the command line is too short or too technical.
  static const std::map<std::string_view, const char*> kLabels = {
      {"axes", "Head axes"},
      {"batch", "Batch size"},
      {"boxes", "Face boxes"},
      {"camera-height", "Height"},
      {"camera-rate", "Frame rate"},
      {"camera-width", "Width"},
      {"confidence-colors", "Color by confidence"},
      {"confirm-score", "Confirm threshold"},
      {"cx", "Center column (px)"},
      {"cy", "Center row (px)"},
      {"detect-interval", "Detection interval"},
      {"detector-nms-iou", "Overlap limit (NMS)"},
      {"detector-score", "Detection threshold"},
      {"errors", "Expected errors"},
      {"fov-deg", "Field of view (degrees)"},
      {"fx", "Focal length (px)"},
      {"fy", "Vertical focal length (px)"},
      {"labels", "Face labels"},
      {"max-faces", "Maximum faces"},
      {"numbers", "Point numbers"},
      {"roi", "Region of interest"},
      {"smallest-face", "Smallest face (%)"},
      {"smooth", "Smooth points"},
      {"smooth-strength", "Strength"},
      {"text-percent", "Text size (%)"},
      {"trail-frames", "Trail length"},
      {"validation-percent", "Held-out faces (%)"},
  };
  if (const auto known = kLabels.find(field_name); known != kLabels.end()) return known->second;
  std::string label(field_name);
  std::replace(label.begin(), label.end(), '-', ' ');
  if (!label.empty()) label[0] = static_cast<char>(std::toupper(label[0]));
  return label;
}

namespace {

bool Edit(const OptionRef& option, const std::string& label, bool& value) {
  return Checkbox(label.c_str(), value, option.help);
}

bool Edit(const OptionRef& option, const std::string& label, int& value) {
  constexpr double kMostOfSlider = 4096.0;
  const bool changed =
      option.high <= kMostOfSlider
          ? ImGui::SliderInt(label.c_str(), &value, static_cast<int>(option.low),
                             static_cast<int>(option.high), "%d", ImGuiSliderFlags_AlwaysClamp)
          : ImGui::InputInt(label.c_str(), &value);
  NoteItem(label);
  Tooltip(option.help);
  return changed;
}

bool Edit(const OptionRef& option, const std::string& label, float& value) {
  // A rate of 0.0008 cannot be set by a slider from 0 to 1.
  const bool is_tiny = value > 0 && static_cast<double>(value) < 0.02 * option.high;
  const char* format = option.high <= 10.0 ? "%.2f" : "%.1f";
  const bool changed =
      option.high <= 1000.0 && !is_tiny
          ? ImGui::SliderFloat(label.c_str(), &value, static_cast<float>(option.low),
                               static_cast<float>(option.high), format,
                               ImGuiSliderFlags_AlwaysClamp)
          : ImGui::InputFloat(label.c_str(), &value, 0.0F, 0.0F, "%.4g");
  NoteItem(label);
  Tooltip(option.help);
  return changed;
}

bool Edit(const OptionRef& option, const std::string& label, double& value) {
  auto number = static_cast<float>(value);
  const bool changed = Edit(option, label, number);
  if (changed) value = static_cast<double>(number);
  return changed;
}

bool Edit(const OptionRef& option, const std::string& label, std::string& value) {
  if (option.choices.empty()) return TextField(label.c_str(), value, option.help);
  const int chosen = Combo(label.c_str(), value, option.choices, option.help);
  if (chosen >= 0) value = option.choices[static_cast<size_t>(chosen)];
  return chosen >= 0;
}

// No option of these kinds is in a panel.
bool Edit(const OptionRef&, const std::string&, int64_t&) { return false; }
bool Edit(const OptionRef&, const std::string&, std::vector<std::string>&) { return false; }

}  // namespace

bool EditOption(const OptionRef& option) {
  return std::visit(
      [&](auto* value) {
        using Value = std::remove_cvref_t<decltype(*value)>;
        const bool changed = Edit(option, LabelOf(option.name), *value);
        if constexpr (std::is_arithmetic_v<Value> && !std::is_same_v<Value, bool>) {
          if (changed) {
            *value = static_cast<Value>(
                std::clamp(static_cast<double>(*value), option.low, option.high));
          }
        }
        return changed;
      },
      option.value);
}

bool EditOptionRefs(std::span<const OptionRef> options, std::span<const std::string_view> names) {
  bool changed = false;
  if (names.empty()) {
    for (const OptionRef& option : options) changed |= EditOption(option);
  }
  for (const std::string_view name : names) {
    for (const OptionRef& option : options) {
      if (option.name == name) changed |= EditOption(option);
    }
  }
  return changed;
}

}  // namespace nosetip

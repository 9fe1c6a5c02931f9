// Colors and measures of the panels.
#pragma once

#include <string_view>

#include <imgui.h>

namespace nosetip {

// What Dear ImGui's style has no name for.
struct Palette {
  ImVec4 accent;
  ImVec4 on_accent;  // text on it
  ImVec4 good;
  ImVec4 warning;
  ImVec4 bad;
  ImVec4 view;  // background of the picture
  ImVec4 dim;   // secondary text
};

inline constexpr float kTextPx = 15.0F;

// `theme` is "dark" or "light".
const Palette& PaletteOf(std::string_view theme);
// The one of the last ApplyTheme.
const Palette& CurrentPalette();
// Sets Dear ImGui's style. `scale` 1 fits text of 15 px.
void ApplyTheme(std::string_view theme, float scale);

}  // namespace nosetip

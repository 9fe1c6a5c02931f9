#include "gui/panels/theme.h"

namespace nosetip {
namespace {

ImVec4 Rgb(int r, int g, int b, float a = 1.0F) {
  return {static_cast<float>(r) / 255.0F, static_cast<float>(g) / 255.0F,
          static_cast<float>(b) / 255.0F, a};
}

const Palette kDark = {Rgb(46, 196, 174),  Rgb(8, 20, 20),  Rgb(110, 205, 120), Rgb(240, 180, 70),
                       Rgb(240, 110, 105), Rgb(13, 15, 19), Rgb(150, 158, 170)};
const Palette kLight = {Rgb(0, 122, 108), Rgb(255, 255, 255), Rgb(32, 128, 56), Rgb(158, 96, 0),
                        Rgb(188, 40, 40), Rgb(214, 218, 224), Rgb(92, 99, 110)};

struct Surfaces {
  ImVec4 window, child, popup, field, field_hovered, field_active, border, text, header;
};

const Surfaces kDarkSurfaces = {Rgb(24, 27, 33),       Rgb(24, 27, 33),    Rgb(32, 36, 43),
                                Rgb(42, 47, 56),       Rgb(53, 59, 70),    Rgb(62, 69, 82),
                                Rgb(58, 64, 76, 0.7F), Rgb(228, 231, 236), Rgb(46, 52, 62)};
const Surfaces kLightSurfaces = {Rgb(244, 245, 247),       Rgb(244, 245, 247), Rgb(255, 255, 255),
                                 Rgb(255, 255, 255),       Rgb(230, 236, 240), Rgb(214, 224, 230),
                                 Rgb(176, 183, 193, 0.9F), Rgb(28, 32, 38),    Rgb(224, 229, 235)};

ImVec4 WithAlpha(ImVec4 color, float alpha) {
  color.w = alpha;
  return color;
}

void SetColors(ImVec4* colors, const Palette& palette, const Surfaces& s) {
  colors[ImGuiCol_Text] = s.text;
  colors[ImGuiCol_TextDisabled] = palette.dim;
  colors[ImGuiCol_WindowBg] = s.window;
  colors[ImGuiCol_ChildBg] = s.child;
  colors[ImGuiCol_PopupBg] = s.popup;
  colors[ImGuiCol_Border] = s.border;
  colors[ImGuiCol_FrameBg] = s.field;
  colors[ImGuiCol_FrameBgHovered] = s.field_hovered;
  colors[ImGuiCol_FrameBgActive] = s.field_active;
  colors[ImGuiCol_TitleBg] = colors[ImGuiCol_TitleBgActive] = s.header;
  colors[ImGuiCol_Button] = s.field;
  colors[ImGuiCol_ButtonHovered] = s.field_hovered;
  colors[ImGuiCol_ButtonActive] = s.field_active;
  colors[ImGuiCol_Header] = s.header;
  colors[ImGuiCol_HeaderHovered] = s.field_hovered;
  colors[ImGuiCol_HeaderActive] = s.field_active;
  colors[ImGuiCol_CheckMark] = palette.accent;
  colors[ImGuiCol_SliderGrab] = palette.accent;
  colors[ImGuiCol_SliderGrabActive] = palette.accent;
  colors[ImGuiCol_Tab] = s.window;
  colors[ImGuiCol_TabHovered] = s.field_hovered;
  colors[ImGuiCol_TabActive] = s.header;
  colors[ImGuiCol_TabUnfocused] = s.window;
  colors[ImGuiCol_TabUnfocusedActive] = s.header;
  colors[ImGuiCol_Separator] = s.border;
  colors[ImGuiCol_SeparatorHovered] = palette.accent;
  colors[ImGuiCol_SeparatorActive] = palette.accent;
  colors[ImGuiCol_PlotLines] = palette.accent;
  colors[ImGuiCol_PlotHistogram] = palette.accent;
  colors[ImGuiCol_ScrollbarBg] = WithAlpha(s.window, 0.0F);
  colors[ImGuiCol_ScrollbarGrab] = s.border;
  colors[ImGuiCol_ScrollbarGrabHovered] = s.field_active;
  colors[ImGuiCol_ScrollbarGrabActive] = palette.accent;
  colors[ImGuiCol_TextSelectedBg] = WithAlpha(palette.accent, 0.35F);
  colors[ImGuiCol_NavHighlight] = palette.accent;
  colors[ImGuiCol_ModalWindowDimBg] = {0.0F, 0.0F, 0.0F, 0.45F};
  colors[ImGuiCol_TableHeaderBg] = s.header;
  colors[ImGuiCol_TableBorderLight] = colors[ImGuiCol_TableBorderStrong] = s.border;
}

}  // namespace

const Palette& PaletteOf(std::string_view theme) { return theme == "light" ? kLight : kDark; }

const Palette& CurrentPalette() {
  // The style is all that is stored; light text means the dark theme.
  return ImGui::GetStyle().Colors[ImGuiCol_Text].x > 0.5F ? kDark : kLight;
}

void ApplyTheme(std::string_view theme, float scale) {
  ImGuiStyle style;
  style.WindowPadding = {12.0F, 10.0F};
  style.FramePadding = {9.0F, 4.0F};
  style.ItemSpacing = {8.0F, 6.0F};
  style.ItemInnerSpacing = {7.0F, 5.0F};
  style.WindowRounding = 0.0F;
  style.ChildRounding = 0.0F;
  style.FrameRounding = 5.0F;
  style.PopupRounding = 6.0F;
  style.GrabRounding = 4.0F;
  style.TabRounding = 5.0F;
  style.ScrollbarSize = 11.0F;
  style.ScrollbarRounding = 6.0F;
  style.GrabMinSize = 12.0F;
  style.WindowBorderSize = 0.0F;
  style.PopupBorderSize = 1.0F;
  style.FrameBorderSize = theme == "light" ? 1.0F : 0.0F;
  style.ScaleAllSizes(scale);
  SetColors(style.Colors, PaletteOf(theme), theme == "light" ? kLightSurfaces : kDarkSurfaces);
  ImGui::GetStyle() = style;
}

}  // namespace nosetip

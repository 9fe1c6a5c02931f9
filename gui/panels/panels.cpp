#include "gui/panels/panels.h"

#include <algorithm>
#include <utility>

#include <imgui.h>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

constexpr float kMinSideInText = 24.0F;  // times the text size
constexpr float kMaxSide = 0.66F;        // of the window
constexpr float kSplitterInText = 0.4F;

constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus;

void BeginFixed(const char* name, const RectF& area) {
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.width, area.height});
  ImGui::Begin(name, nullptr, kFixed);
}

// One tab; `draw` draws its panel.
template <typename DrawPanel>
void Tab(const char* label, DrawPanel draw) {
  BeginItemsOf("Tab");
  if (!BeginTab(label)) return;
  ImGui::BeginChild(label);
  ImGui::Indent(2.0F);
  draw();
  ImGui::Unindent(2.0F);
  ImGui::EndChild();
  ImGui::EndTabItem();
}

std::optional<Command> DrawUpper(const AppState& state, PanelDrafts& drafts, const RectF& area) {
  std::optional<Command> command;
  BeginFixed("Upper", area);
  if (BeginTabs("upper")) {
    Tab("Source", [&] { command = DrawSourcePanel(state, drafts.source); });
    Tab("Tracker", [&] { command = DrawTrackerPanel(state); });
    Tab("Overlay", [&] { command = DrawOverlayPanel(state); });
    Tab("Signals", [&] { command = DrawSignalsPanel(state); });
    Tab("Training", [&] { command = DrawTrainingPanel(state, drafts.training); });
    Tab("Teach", [&] { command = DrawTeachPanel(state, drafts.teach); });
    Tab("Gallery", [&] { command = DrawGalleryPanel(state); });
    ImGui::EndTabBar();
  }
  ImGui::End();
  return command;
}

void DrawLower(const AppState& state, const RectF& area) {
  BeginFixed("Lower", area);
  if (BeginTabs("lower")) {
    Tab("Performance", [&] { DrawPerformancePanel(state); });
    Tab("Log", [&] { DrawLogPanel(state); });
    ImGui::EndTabBar();
  }
  ImGui::End();
}

// True while it is dragged.
bool DrawSplitter(const char* name, const RectF& area, ImGuiMouseCursor cursor) {
  ImGui::PushStyleVar(ImGuiStyleVar_WindowPadding, {0.0F, 0.0F});
  ImGui::PushStyleVar(ImGuiStyleVar_WindowMinSize, {1.0F, 1.0F});
  BeginFixed(name, area);
  ImGui::PopStyleVar(2);
  ImGui::InvisibleButton(name, {area.width, area.height});
  BeginItemsOf("Splitter");
  NoteItem(name);
  const bool dragged = ImGui::IsItemActive();
  if (dragged || ImGui::IsItemHovered()) {
    ImGui::SetMouseCursor(cursor);
    FillRect(*ImGui::GetWindowDrawList(), area, ImGui::GetColorU32(ImGuiCol_SeparatorHovered));
  }
  ImGui::End();
  return dragged;
}

std::optional<Command> DrawSplitters(const AppState& state, const Layout& layout, Point2f window) {
  ChangeSettings change{state.settings};
  InterfaceOptions& options = change.settings.interface;
  const ImVec2 mouse = ImGui::GetMousePos();
  bool changed = false;
  if (DrawSplitter("Side", layout.side_splitter, ImGuiMouseCursor_ResizeEW)) {
    options = WithSideSplitterAt(options, window, mouse.x);
    changed = true;
  }
  if (DrawSplitter("Lower", layout.lower_splitter, ImGuiMouseCursor_ResizeNS)) {
    options = WithLowerSplitterAt(options, window, mouse.y);
    changed = true;
  }
  if (!changed) return std::nullopt;
  return change;
}

}  // namespace

Layout LayOut(Point2f window, const InterfaceOptions& options, float text_px) {
  Layout layout;
  if (!options.side_shown) {
    layout.view = {0.0F, 0.0F, window.x, window.y};
    return layout;
  }
  const float splitter = kSplitterInText * text_px;
  const float side = std::min(std::max(options.side_width * window.x, kMinSideInText * text_px),
                              kMaxSide * window.x);
  const float side_x = window.x - side;
  const float lower = options.lower_height * window.y;
  layout.view = {0.0F, 0.0F, side_x - splitter, window.y};
  layout.side_splitter = {side_x - splitter, 0.0F, splitter, window.y};
  layout.upper = {side_x, 0.0F, side, window.y - lower - splitter};
  layout.lower_splitter = {side_x, window.y - lower - splitter, side, splitter};
  layout.lower = {side_x, window.y - lower, side, lower};
  return layout;
}

InterfaceOptions WithSideSplitterAt(InterfaceOptions options, Point2f window, float x) {
  options.side_width = std::clamp((window.x - x) / std::max(window.x, 1.0F), 0.15F, kMaxSide);
  return options;
}

InterfaceOptions WithLowerSplitterAt(InterfaceOptions options, Point2f window, float y) {
  options.lower_height = std::clamp((window.y - y) / std::max(window.y, 1.0F), 0.1F, 0.8F);
  return options;
}

InterfaceOptions WithDefaultLayout(InterfaceOptions options) {
  const InterfaceOptions first;
  options.side_width = first.side_width;
  options.lower_height = first.lower_height;
  options.side_shown = first.side_shown;
  options.text_percent = first.text_percent;
  return options;
}

std::optional<Command> DrawAllPanels(const AppState& state, PanelDrafts& drafts) {
  const Point2f window{ImGui::GetIO().DisplaySize.x, ImGui::GetIO().DisplaySize.y};
  const InterfaceOptions& options = state.settings.interface;
  const Layout layout = LayOut(window, options, ImGui::GetFontSize());
  std::optional<Command> command = DrawViewPanel(state, drafts.teach, layout.view);
  if (options.side_shown) {
    if (auto wanted = DrawUpper(state, drafts, layout.upper)) command = wanted;
    DrawLower(state, layout.lower);
    if (auto wanted = DrawSplitters(state, layout, window)) command = wanted;
  }
  if (auto wanted = DrawHelpPanel(state)) command = wanted;
  return command;
}

}  // namespace nosetip

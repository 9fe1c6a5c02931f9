#include "gui/panels/panel_set.h"

#include <imgui.h>

#include "gui/panels/gallery_panel.h"
#include "gui/panels/keys.h"
#include "gui/panels/log_panel.h"
#include "gui/panels/overlay_panel.h"
#include "gui/panels/performance_panel.h"
#include "gui/panels/teach_panel.h"
#include "gui/panels/tracker_panel.h"
#include "gui/panels/view_panel.h"
#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

constexpr ImGuiWindowFlags kFixed = ImGuiWindowFlags_NoDecoration | ImGuiWindowFlags_NoMove |
                                    ImGuiWindowFlags_NoSavedSettings |
                                    ImGuiWindowFlags_NoBringToFrontOnFocus;

void BeginFixed(const char* name, const RectF& area) {
  ImGui::SetNextWindowPos({area.x, area.y});
  ImGui::SetNextWindowSize({area.width, area.height});
  ImGui::Begin(name, nullptr, kFixed);
}

// One tab of a side panel; what it asks for goes to `command`.
template <typename DrawPanel>
void Tab(const char* label, std::optional<Command>& command, DrawPanel draw) {
  BeginItemsOf("Tab");
  if (!BeginTab(label)) return;
  ImGui::BeginChild(label);
  ImGui::Indent(2.0F);
  if (std::optional<Command> wanted = draw()) command = std::move(wanted);
  ImGui::Unindent(2.0F);
  ImGui::EndChild();
  ImGui::EndTabItem();
}

std::optional<Command> DrawUpper(const AppState& state, PanelDrafts& drafts, const RectF& area) {
  std::optional<Command> command;
  BeginFixed("Upper", area);
  if (BeginTabs("upper")) {
    Tab("Source", command, [&] { return DrawSourcePanel(state, drafts.source); });
    Tab("Tracker", command, [&] { return DrawTrackerPanel(state); });
    Tab("Overlay", command, [&] { return DrawOverlayPanel(state); });
    Tab("Training", command, [&] { return DrawTrainingPanel(state, drafts.training); });
    Tab("Teach", command, [&] { return DrawTeachPanel(state, drafts.teach); });
    Tab("Gallery", command, [&] { return DrawGalleryPanel(state); });
    ImGui::EndTabBar();
  }
  ImGui::End();
  return command;
}

std::optional<Command> Nothing() { return std::nullopt; }

void DrawLower(const AppState& state, const RectF& area) {
  std::optional<Command> none;
  BeginFixed("Lower", area);
  if (BeginTabs("lower")) {
    Tab("Performance", none, [&] {
      DrawPerformancePanel(state);
      return Nothing();
    });
    Tab("Log", none, [&] {
      DrawLogPanel(state);
      return Nothing();
    });
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
    ImGui::GetWindowDrawList()->AddRectFilled({area.x, area.y},
                                              {area.x + area.width, area.y + area.height},
                                              ImGui::GetColorU32(ImGuiCol_SeparatorHovered));
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

#include "gui/panels/teach_view.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

#include <fmt/core.h>
#include <imgui.h>

#include "gui/panels/widgets.h"

namespace nosetip {
namespace {

// Shows the face in the middle, with some of its surroundings.
void ZoomToFace(ZoomView& zoom, const SampleEditor& editor, const RectF& area) {
  const RectF face = BoundsOf(editor.points_px());
  const float size = std::max({face.width, face.height, 1.0F});
  const float wanted = std::min(area.width, area.height) / (1.6F * size);
  zoom.ZoomAt(area.Center(), wanted / zoom.scale());
  zoom.Pan(area.Center() - zoom.ToScreen(face.Center()));
}

void UpdateZoom(TeachDraft& draft, const RectF& area) {
  if (!draft.zoom) {
    draft.zoom.emplace(SizePx{draft.picture->width_px, draft.picture->height_px}, area);
  }
  draft.zoom->SetArea(area);
  if (draft.zoom_to_face) ZoomToFace(*draft.zoom, *draft.editor, area);
  draft.zoom_to_face = false;
}

void UseMouse(TeachDraft& draft, const std::optional<size_t>& under_mouse) {
  SampleEditor& editor = *draft.editor;
  ZoomView& zoom = *draft.zoom;
  const ImGuiIO& io = ImGui::GetIO();
  const Point2f mouse{io.MousePos.x, io.MousePos.y};
  if (ImGui::IsItemHovered() && io.MouseWheel != 0.0F) {
    zoom.ZoomAt(mouse, std::pow(1.2F, io.MouseWheel));
  }
  if (ImGui::IsItemActivated()) {
    draft.panning = !under_mouse.has_value();
    if (under_mouse) {
      draft.latest_point = under_mouse;
      editor.BeginDrag(*under_mouse);
    }
  }
  if (ImGui::IsItemActive()) {
    if (draft.panning) {
      zoom.Pan({io.MouseDelta.x, io.MouseDelta.y});
    } else if (ImGui::IsMouseDragging(ImGuiMouseButton_Left, 2.0F)) {
      editor.DragTo(zoom.ToPicture(mouse));
    }
  }
  if (ImGui::IsItemDeactivated()) {
    editor.EndDrag();
    draft.panning = false;
  }
}

void DrawPoint(ImDrawList& list, ImVec2 at, float radius, ImU32 color) {
  list.AddCircleFilled(at, radius + 1.2F, IM_COL32(8, 10, 14, 150), 16);
  list.AddCircleFilled(at, radius, color, 16);
}

void DrawPoints(ImDrawList& list, const TeachDraft& draft, const std::optional<size_t>& marked) {
  const SampleEditor& editor = *draft.editor;
  const std::vector<Point2f>& points = editor.points_px();
  const auto on_screen = [&](size_t i) { return ToImVec(draft.zoom->ToScreen(points[i])); };
  const Palette& palette = PaletteOf("dark");
  ImVec4 line = palette.accent;
  line.w = 0.45F;
  for (const auto& [a, b] : editor.schema().edges) {
    list.AddLine(on_screen(static_cast<size_t>(a)), on_screen(static_cast<size_t>(b)),
                 ImGui::GetColorU32(line), 1.2F);
  }
  const float unit = UiScale();
  for (size_t i = 0; i < points.size(); ++i) {
    DrawPoint(list, on_screen(i), 2.6F * unit, IM_COL32(255, 255, 255, 230));
  }
  for (const size_t i : editor.Moved()) {
    DrawPoint(list, on_screen(i), 3.2F * unit, ImGui::GetColorU32(palette.warning));
  }
  if (!marked) return;
  const ImVec2 at = on_screen(*marked);
  list.AddCircle(at, 7.0F * unit, ImGui::GetColorU32(palette.accent), 24, 2.0F * unit);
  list.AddText({at.x + 10.0F * unit, at.y - 8.0F * unit}, IM_COL32(255, 255, 255, 255),
               std::to_string(*marked).c_str());
}

void NotePoints(const TeachDraft& draft) {
  const std::vector<Point2f>& points = draft.editor->points_px();
  for (size_t i = 0; i < points.size(); ++i) {
    const Point2f at = draft.zoom->ToScreen(points[i]);
    NotePlace(fmt::format("Point {}", i), {at.x - 1.0F, at.y - 1.0F, 2.0F, 2.0F});
  }
}

}  // namespace

void DrawTeachView(const AppState& state, TeachDraft& draft, const RectF& area) {
  BeginItemsOf("Teach");
  UpdateZoom(draft, area);
  ImGui::InvisibleButton("points", {area.width, area.height});
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const float reach_px = 9.0F * UiScale() / draft.zoom->scale();
  std::optional<size_t> under_mouse;
  if (ImGui::IsItemHovered() || ImGui::IsItemActive()) {
    under_mouse = draft.editor->PointAt(draft.zoom->ToPicture({mouse.x, mouse.y}), reach_px);
  }
  UseMouse(draft, under_mouse);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect({area.x, area.y}, {area.x + area.width, area.y + area.height}, true);
  FillRect(list, area, ImGui::GetColorU32(CurrentPalette().view));
  const Point2f low = draft.zoom->ToScreen({-0.5F, -0.5F});
  const Point2f high = draft.zoom->ToScreen({static_cast<float>(draft.picture->width_px) - 0.5F,
                                             static_cast<float>(draft.picture->height_px) - 0.5F});
  if (state.teaching.picture.texture != nullptr) {
    list.AddImage(state.teaching.picture.texture, ToImVec(low), ToImVec(high));
  }
  const std::optional<size_t> dragged = draft.editor->dragged();
  DrawPoints(list, draft, dragged ? dragged : under_mouse);
  list.PopClipRect();
  NotePoints(draft);
}

std::optional<TeachDraft> CaptureFace(const LiveFrame& frame, size_t face,
                                      std::chrono::system_clock::time_point now) {
  if (!frame.frame || frame.schema == nullptr || face >= frame.result.faces.size()) {
    return std::nullopt;
  }
  const std::vector<Point2f>& points = frame.result.faces[face].landmarks.points_px;
  if (points.size() != static_cast<size_t>(frame.schema->count)) return std::nullopt;
  TeachDraft draft;
  draft.face = face;
  draft.picture = std::shared_ptr<const Image>(frame.frame, &frame.frame->image);
  draft.captured_at = now;
  draft.editor.emplace(draft.picture, points, *frame.schema);
  draft.zoom_to_face = true;
  return draft;
}

bool HandleKey(TeachDraft& draft, std::string_view key) {
  if (!draft.editor) return false;
  if (key == "Ctrl+Z") {
    draft.editor->Undo();
    return true;
  }
  if (key == "Ctrl+Y") {
    draft.editor->Redo();
    return true;
  }
  constexpr float kNudgePx = 0.25F;
  constexpr std::array<std::pair<std::string_view, Point2f>, 4> kArrows = {{
      {"Left", {-kNudgePx, 0.0F}},
      {"Right", {kNudgePx, 0.0F}},
      {"Up", {0.0F, -kNudgePx}},
      {"Down", {0.0F, kNudgePx}},
  }};
  for (const auto& [name, by_px] : kArrows) {
    if (key != name) continue;
    if (draft.latest_point) draft.editor->Nudge(*draft.latest_point, by_px);
    return true;
  }
  return false;
}

}  // namespace nosetip

#include "gui/panels/teach_draft.h"

#include <array>
#include <utility>

namespace nosetip {

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

bool TakeKey(TeachDraft& draft, std::string_view key) {
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

// A captured face in place of the live picture, its points to be dragged.
#pragma once

#include <chrono>
#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>

#include "gui/state/app_state.h"
#include "gui/teaching/sample_editor.h"
#include "gui/teaching/zoom_view.h"
#include "tracker/core/geometry.h"
#include "tracker/live/live_status.h"

namespace nosetip {

// A face's points while they are corrected in the app.

struct TeachDraft {
  size_t face = 0;  // of the frame's faces, which is captured next
  // While points are corrected, all but `zoom`, which the first drawing makes.
  std::shared_ptr<const Image> picture;
  std::chrono::system_clock::time_point captured_at;
  std::optional<SampleEditor> editor;
  std::optional<ZoomView> zoom;
  bool zoom_to_face = false;           // before it is drawn next
  std::optional<size_t> latest_point;  // what arrow keys move
  bool panning = false;
};

// A frame's face with its points as they were found. Nothing where it has no such face, or points
// that do not fit its schema.
std::optional<TeachDraft> CaptureFace(const LiveFrame& frame, size_t face,
                                      std::chrono::system_clock::time_point now);

// Ctrl+Z, Ctrl+Y and arrows; see WindowEvents::keys. False where the key is none of them, or no
// point is corrected.
bool TakeKey(TeachDraft& draft, std::string_view key);

// Fills the area (screen units). The draft has an editor.
void DrawTeachView(const AppState& state, TeachDraft& draft, const RectF& area);

}  // namespace nosetip

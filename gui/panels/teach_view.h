// The view in which the points of a captured face are corrected.
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

struct TeachDraft {
  size_t face = 0;  // which face of the frame is captured next
  // Set while points are corrected; `zoom` from the first drawing on.
  std::shared_ptr<const Image> picture;
  std::chrono::system_clock::time_point captured_at;
  std::optional<SampleEditor> editor;
  std::optional<ZoomView> zoom;
  bool zoom_to_face = false;           // when it is drawn next
  std::optional<size_t> latest_point;  // the arrow keys move it
  bool panning = false;
};

// A face of the frame with its detected points. Nothing where there is no such face, or its points
// do not fit the schema.
std::optional<TeachDraft> CaptureFace(const LiveFrame& frame, size_t face,
                                      std::chrono::system_clock::time_point now);

// Handles Ctrl+Z, Ctrl+Y and the arrow keys, as WindowEvents names them. False for other keys, and
// while no points are corrected.
bool HandleKey(TeachDraft& draft, std::string_view key);

// Fills the area (screen units). The draft has an editor.
void DrawTeachView(const AppState& state, TeachDraft& draft, const RectF& area);

}  // namespace nosetip

// Draws faces over the frame, at the resolution of the window.
#pragma once

#include <imgui.h>

#include "gui/state/app_state.h"
#include "gui/state/settings.h"
#include "tracker/core/geometry.h"
#include "tracker/live/live_status.h"

namespace nosetip {

// Maps frame pixels to the screen, for a frame as large as fits in the middle of an area. Pixel
// centers are at whole numbers, so the frame's left edge is at -0.5.
struct ViewTransform {
  RectF on_screen;     // of the whole frame
  float scale = 1.0F;  // screen units per frame pixel
  bool mirror = false;
  SizePx frame;

  static ViewTransform Fit(const RectF& area, SizePx frame, bool mirror);
  Point2f ToScreen(Point2f frame_px) const;
};

// White from confidence 0.75 on, amber at 0.5, red at 0.
ImU32 ColorOfConfidence(float confidence, float opacity);

// Where `frame.schema` is null, no contours and axes are drawn. See UiScale for `ui_scale`.
void PaintFaces(ImDrawList& list, const LiveFrame& frame, const Trails& trails,
                const ViewTransform& view, const ViewOptions& options, float ui_scale);

}  // namespace nosetip

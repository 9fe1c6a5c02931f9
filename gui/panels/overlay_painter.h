// Draws faces over the frame, at the resolution of the window.
#pragma once

#include <algorithm>

#include <imgui.h>

#include "gui/state/app_state.h"
#include "gui/state/settings.h"
#include "tracker/core/geometry.h"
#include "tracker/live/live_status.h"

namespace nosetip {

// From frame pixels to the screen.

// The largest place of a frame within an area, in the middle. Pixel centers are at integer
// coordinates, so the frame's left edge is at -0.5.
struct ViewTransform {
  RectF on_screen;     // of the whole frame
  float scale = 1.0F;  // screen units a frame pixel
  bool mirror = false;
  SizePx frame;

  static ViewTransform Fit(const RectF& area, SizePx frame, bool mirror) {
    ViewTransform view;
    view.frame = frame;
    view.mirror = mirror;
    const auto width = static_cast<float>(std::max(frame.width, 1));
    const auto height = static_cast<float>(std::max(frame.height, 1));
    view.scale = std::max(1e-3F, std::min(area.width / width, area.height / height));
    view.on_screen.width = view.scale * width;
    view.on_screen.height = view.scale * height;
    view.on_screen.x = area.x + 0.5F * (area.width - view.on_screen.width);
    view.on_screen.y = area.y + 0.5F * (area.height - view.on_screen.height);
    return view;
  }

  Point2f ToScreen(Point2f frame_px) const {
    const float x = scale * (frame_px.x + 0.5F);
    return {on_screen.x + (mirror ? on_screen.width - x : x),
            on_screen.y + scale * (frame_px.y + 0.5F)};
  }

  Point2f ToFrame(Point2f screen) const {
    const float x = screen.x - on_screen.x;
    return {(mirror ? on_screen.width - x : x) / scale - 0.5F,
            (screen.y - on_screen.y) / scale - 0.5F};
  }
};

// Color of a face, the same as long as it keeps its id; also in files (vision/overlay.h).
ImU32 ColorOfFace(int id, float opacity);

// White from confidence 0.75 on, amber at 0.5, red at 0.
ImU32 ColorOfConfidence(float confidence, float opacity);

// `frame.schema` may be null, then only boxes are drawn. `ui_scale` 1 fits text of 15 units.
void PaintFaces(ImDrawList& list, const LiveFrame& frame, const Trails& trails,
                const ViewTransform& view, const ViewOptions& options, float ui_scale);

}  // namespace nosetip

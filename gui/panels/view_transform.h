// From frame pixels to the screen.
#pragma once

#include <algorithm>

#include "tracker/core/geometry.h"

namespace nosetip {

// The largest place of a frame within an area, in the middle. Pixel centres are at integer
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

}  // namespace nosetip

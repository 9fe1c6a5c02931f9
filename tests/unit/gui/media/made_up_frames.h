// Tracked frames as a live session gives them, of a clip whose frames can be told apart.
#pragma once

#include <memory>
#include <utility>

#include "tests/unit/tracker/sources/clip_files.h"
#include "tracker/live/live_status.h"

namespace nosetip {

// Frame `i` of a clip of 25 Hz, with one face of one point.
inline LiveFrame MadeUpFrame(int i, const ClipOptions& options = {}) {
  auto frame = std::make_shared<Frame>();
  frame->id = i;
  frame->pts_s = 0.04 * i;
  frame->image = ClipFrame(options, i);
  LiveFrame live;
  live.result.frame_id = frame->id;
  live.result.pts_s = frame->pts_s;
  TrackedFace& face = live.result.faces.emplace_back();
  face.box = {{10.0F, 12.0F, 20.0F, 20.0F}, 0.9F};
  face.landmarks.points_px = {{15.0F, 20.0F}};
  live.schema = &Nose1();
  live.frame = std::move(frame);
  live.captured_at = std::chrono::steady_clock::time_point(std::chrono::milliseconds(40) * i);
  live.index = i;
  return live;
}

// Nothing is drawn, so that a frame can be told by its level.
inline OverlayOptions NoOverlay() {
  return {.overlay_box = false,
          .overlay_label = false,
          .overlay_contours = false,
          .overlay_points = false,
          .overlay_axes = false};
}

}  // namespace nosetip

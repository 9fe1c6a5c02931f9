// What panels are shown in tests.
#pragma once

#include <memory>

#include "gui/state/app_state.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

inline LiveFrame FrameWithFace() {
  LiveFrame live;
  auto frame = std::make_shared<Frame>();
  frame->image = Image(640, 480);
  live.frame = frame;
  TrackedFace face;
  face.box = {{200.0F, 150.0F, 160.0F, 200.0F}, 0.9F};
  for (int i = 0; i < 68; ++i) {
    face.landmarks.points_px.push_back(
        {210.0F + 2.0F * static_cast<float>(i), 160.0F + 2.5F * static_cast<float>(i)});
  }
  live.result.faces = {face};
  live.result.pts_s = 2.0;
  live.schema = &Ibug68();
  return live;
}

inline AppState StateOfFile() {
  AppState state;
  state.settings = DefaultSettings();
  state.sample_clip = "/clips/sample.mp4";
  state.live.state = LiveState::kRunning;
  state.live.source = "/clips/talk.mp4";
  state.live.info = SourceInfo{SourceKind::kVideoFile, "/clips/talk.mp4", 640, 480, 30.0, 300, ""};
  state.settings.recent = {"/clips/talk.mp4", "/clips/other.mp4"};
  state.shown = FrameWithFace();
  state.picture = {reinterpret_cast<void*>(1), 640, 480};
  return state;
}

}  // namespace nosetip

// Frames for the tests of senders.
#pragma once

#include <memory>
#include <vector>

#include "tests/support/expressive_face.h"
#include "tracker/stream/stream_frame.h"
#include "tracker/vision/head_pose.h"

namespace nosetip {

// A head 560 mm in front of a camera of 640x480. The points of the rigid model are where the pose
// puts them, the others are made up.
inline TrackedFace PosedFace(const std::array<float, 3>& rotation_rad = {},
                             const std::array<float, 3>& translation_mm = {20, -30, 560}) {
  TrackedFace face;
  face.confidence = 0.9F;
  face.box.rect = {200, 150, 160, 160};
  face.landmarks.points_px = ExpressiveFace(0.3, 0.0);
  face.pose = HeadPose{translation_mm, rotation_rad, {640.0, 640.0, 320.0, 240.0}};
  for (const ModelPoint& point : RigidFaceModel()) {
    face.landmarks.points_px[static_cast<size_t>(point.landmark)] =
        ProjectHeadPoint(*face.pose, point.head_mm);
  }
  return face;
}

inline StreamFramePtr FrameOf(const std::vector<TrackedFace>& faces, int64_t id = 0) {
  auto picture = std::make_shared<Frame>();
  picture->id = id;
  picture->image = Image(640, 480);
  TrackResult result;
  result.frame_id = id;
  result.pts_s = 0.04 * static_cast<double>(id);
  result.faces = faces;
  return MakeStreamFrame(picture, result, Ibug68(), "clip.mp4");
}

}  // namespace nosetip

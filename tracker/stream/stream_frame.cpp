#include "tracker/stream/stream_frame.h"

#include <utility>

namespace nosetip {
StreamFramePtr MakeStreamFrame(FramePtr picture, const TrackResult& result,
                               const LandmarkSchema& schema, std::string source) {
  auto frame = std::make_shared<StreamFrame>();
  if (picture) frame->size_px = {picture->image.width_px, picture->image.height_px};
  frame->picture = std::move(picture);
  frame->source = std::move(source);
  frame->schema = &schema;
  frame->frame_id = result.frame_id;
  frame->pts_s = result.pts_s;
  frame->faces = result.faces;
  return frame;
}

const TrackedFace* MainFace(const StreamFrame& frame) {
  const TrackedFace* largest = nullptr;
  const auto area = [](const TrackedFace& face) { return face.box.rect.Area(); };
  for (const TrackedFace& face : frame.faces) {
    if (face.landmarks.Empty()) continue;
    if (largest == nullptr || area(face) > area(*largest)) largest = &face;
  }
  return largest;
}

}  // namespace nosetip

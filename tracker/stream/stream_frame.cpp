#include "tracker/stream/stream_frame.h"

#include <algorithm>
#include <utility>

#include "tracker/core/expression.h"

namespace nosetip {
namespace {

// Eye aspect ratios of a shut and of an open eye; points of shut eyes lie as if half open.
constexpr double kShutEye = 0.14, kOpenEye = 0.26;
// In distances of the outer eye corners.
constexpr double kOpenMouth = 0.45;
constexpr double kRestingMouthWidth = 0.62, kMouthWidthRange = 0.2;

std::optional<FaceMeasures> MeasuresOf(const Landmarks& landmarks, const LandmarkSchema& schema) {
  if (landmarks.Empty()) return std::nullopt;
  const std::optional<Expression> expression = ExpressionOf(landmarks.points_px, schema);
  if (!expression) return std::nullopt;
  const auto open = [](double ratio) {
    return std::clamp((ratio - kShutEye) / (kOpenEye - kShutEye), 0.0, 1.0);
  };
  FaceMeasures measures;
  // The picture's left is the person's right.
  measures.eye_open_right = open(expression->eye_openness[0]);
  measures.eye_open_left = open(expression->eye_openness[1]);
  measures.mouth_open = std::clamp(expression->mouth_opening / kOpenMouth, 0.0, 1.0);
  measures.mouth_wide =
      std::clamp((expression->mouth_width - kRestingMouthWidth) / kMouthWidthRange, -1.0, 1.0);
  return measures;
}

}  // namespace

StreamFramePtr MakeStreamFrame(FramePtr picture, const TrackResult& result,
                               const LandmarkSchema& schema, std::string source) {
  auto frame = std::make_shared<StreamFrame>();
  if (picture) frame->size_px = {picture->image.width_px, picture->image.height_px};
  frame->picture = std::move(picture);
  frame->source = std::move(source);
  frame->schema = &schema;
  frame->frame_id = result.frame_id;
  frame->pts_s = result.pts_s;
  for (const TrackedFace& face : result.faces) {
    frame->faces.push_back({face, MeasuresOf(face.landmarks, schema)});
  }
  return frame;
}

const StreamFace* MainFace(const StreamFrame& frame) {
  const StreamFace* largest = nullptr;
  const auto area = [](const StreamFace& face) {
    return face.face.box.rect.width * face.face.box.rect.height;
  };
  for (const StreamFace& face : frame.faces) {
    if (face.face.landmarks.Empty()) continue;
    if (largest == nullptr || area(face) > area(*largest)) largest = &face;
  }
  return largest;
}

}  // namespace nosetip

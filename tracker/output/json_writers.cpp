#include "tracker/output/json_writers.h"

#include <array>
#include <span>

#include "tracker/output/number_text.h"

namespace nosetip {
namespace {

constexpr int kConfidenceDecimals = 3;
constexpr int kPixelDecimals = 3;
constexpr int kPoseDecimals = 4;

Json ListOf(std::span<const float> values, int decimals) {
  Json list = Json::array();
  for (const float value : values) list.push_back(RoundedTo(value, decimals));
  return list;
}

Json PoseObject(const std::optional<HeadPose>& pose) {
  if (!pose) return nullptr;
  return {{"translation_mm", ListOf(pose->translation_mm, kPoseDecimals)},
          {"rotation_rad", ListOf(pose->rotation_rad, kPoseDecimals)}};
}

Json FaceObject(const TrackedFace& face) {
  const RectF& box = face.box.rect;
  Json object;
  object["id"] = face.id;
  object["confidence"] = RoundedTo(face.confidence, kConfidenceDecimals);
  object["box"] = ListOf(std::array{box.x, box.y, box.width, box.height}, kPixelDecimals);
  object["points"] = Json::array();
  for (const Point2f& p : face.landmarks.points_px) {
    object["points"].push_back(ListOf(std::array{p.x, p.y}, kPixelDecimals));
  }
  if (!face.landmarks.confidence.empty()) {
    object["point_confidence"] = ListOf(face.landmarks.confidence, kConfidenceDecimals);
  }
  if (!face.landmarks.expected_error_px.empty()) {
    object["point_expected_error_px"] = ListOf(face.landmarks.expected_error_px, kPixelDecimals);
  }
  object["pose"] = PoseObject(face.pose);
  return object;
}

}  // namespace

Json FaceList(const TrackResult& result) {
  Json faces = Json::array();
  for (const TrackedFace& face : result.faces) faces.push_back(FaceObject(face));
  return faces;
}

}  // namespace nosetip

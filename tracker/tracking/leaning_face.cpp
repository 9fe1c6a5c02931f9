#include "tracker/tracking/leaning_face.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/vision/image_ops.h"

namespace nosetip {
namespace {

// face68 errs by 4 % more at 20 degrees than upright, by 28 % more at 40 (docs/benchmarks.md).
constexpr float kLeansFromRad = 0.26F;   // 15 degrees
constexpr float kLeansUntilRad = 0.17F;  // 10 degrees
// No network sees more than this many sides of a face's box.
constexpr float kMaxMargin = 2.0F;

std::optional<Point2f> MiddleOf(const Landmarks& landmarks, const LandmarkSchema& schema,
                                std::string_view name) {
  const auto part = std::ranges::find(schema.parts, name, &LandmarkPart::name);
  if (part == schema.parts.end()) return std::nullopt;
  if (landmarks.points_px.size() <= static_cast<size_t>(part->last)) return std::nullopt;
  return Mean(std::span(landmarks.points_px)
                  .subspan(static_cast<size_t>(part->first),
                           static_cast<size_t>(part->last - part->first + 1)));
}

Landmarks LocateTurned(Landmarker& landmarker, const Image& image, const FacePlace& place) {
  const float side = kMaxMargin * std::max(place.box.width, place.box.height);
  const TurnedView view = CutTurned(image, place.box.Center(), side, place.roll_rad);
  const float scale = 1.0F / view.frame_from_view.Scale();
  const float middle = 0.5F * static_cast<float>(view.picture.width_px - 1);
  const float width = scale * place.box.width;
  const float height = scale * place.box.height;
  const RectF box{middle - 0.5F * width, middle - 0.5F * height, width, height};
  Landmarks face = landmarker.Locate(view.picture, {&box, 1}).front();
  for (Point2f& p : face.points_px) p = view.frame_from_view.Apply(p);
  for (float& error : face.expected_error_px) error /= scale;
  return face;
}

}  // namespace

float RollOf(const Landmarks& landmarks, const LandmarkSchema& schema) {
  const auto eyes = MiddleOf(landmarks, schema, "eyes");
  const auto mouth = MiddleOf(landmarks, schema, "mouth");
  if (!eyes || !mouth) return 0.0F;
  const Point2f down = *mouth - *eyes;
  const float roll = std::atan2(-down.x, down.y);
  return std::isfinite(roll) ? roll : 0.0F;
}

bool Leans(const Landmarks& landmarks, const LandmarkSchema& schema, bool is_turned) {
  return std::abs(RollOf(landmarks, schema)) > (is_turned ? kLeansUntilRad : kLeansFromRad);
}

FacePlace PlaceOf(const Landmarks& landmarks, const LandmarkSchema& schema, bool leans) {
  if (!leans) return {BoundsOf(landmarks.points_px)};
  const float roll = RollOf(landmarks, schema);
  const Affine2 upright_from_frame = Affine2::Similarity(1.0F, -roll, {});
  std::vector<Point2f> upright;
  for (const Point2f p : landmarks.points_px) upright.push_back(upright_from_frame.Apply(p));
  RectF box = BoundsOf(upright);
  const Point2f center = upright_from_frame.Inverse().Apply(box.Center());
  box.x = center.x - 0.5F * box.width;
  box.y = center.y - 0.5F * box.height;
  return {box, roll};
}

RectF MappedBox(const RectF& box, const Affine2& to_from) {
  const Point2f center = to_from.Apply(box.Center());
  const float width = to_from.Scale() * box.width;
  const float height = to_from.Scale() * box.height;
  return {center.x - 0.5F * width, center.y - 0.5F * height, width, height};
}

LocatedFaces LocateAt(Landmarker& landmarker, const Image& image,
                      std::span<const FacePlace> places) {
  std::vector<RectF> upright;
  upright.reserve(places.size());
  for (const FacePlace& place : places) {
    if (place.roll_rad == 0.0F) upright.push_back(place.box);
  }
  LocatedFaces located;
  std::vector<Landmarks> batch;
  if (!upright.empty()) {
    batch = landmarker.Locate(image, upright);
    Check(batch.size() == upright.size(), "landmarks for each box");
    located.crop_ms = landmarker.last_crop_ms();
  }
  if (upright.size() == places.size()) {
    located.faces = std::move(batch);
    return located;
  }
  auto next = batch.begin();
  for (const FacePlace& place : places) {
    if (place.roll_rad == 0.0F) {
      located.faces.push_back(std::move(*next++));
      continue;
    }
    located.faces.push_back(LocateTurned(landmarker, image, place));
    located.crop_ms += landmarker.last_crop_ms();
  }
  return located;
}

}  // namespace nosetip

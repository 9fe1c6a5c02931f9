#include "tracker/tracking/face_track.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace nosetip {
namespace {

constexpr float kMinSidePx = 4.0F;
constexpr float kMinInPicture = 0.25F;       // share of a box's area
constexpr float kMaxPredictedMotion = 0.5F;  // in sides of the box

float Side(const RectF& box) { return std::max(box.width, box.height); }

// 1 up to `good`, 0 from `bad` on, linear between.
float Falling(float value, float good, float bad) {
  return std::clamp((bad - value) / (bad - good), 0.0F, 1.0F);
}

// Root mean square distance of `now` from `before` after the best similarity, in sides of the box;
// 0 where there are too few points for a shape.
float ShapeChange(const FaceTrack& before, const FaceTrack& now) {
  const auto& source = before.landmarks.points_px;
  const auto& target = now.landmarks.points_px;
  if (source.size() < kPointsThatBound || source.size() != target.size()) return 0.0F;
  const std::optional<Affine2> fit = FitSimilarity(target, source);
  if (!fit) return 1.0F;
  double sum = 0.0;
  for (size_t i = 0; i < source.size(); ++i) {
    const float d = Distance(fit->Apply(source[i]), target[i]);
    sum += static_cast<double>(d) * d;
  }
  return static_cast<float>(std::sqrt(sum / static_cast<double>(source.size()))) / Side(now.box);
}

RectF Shifted(const RectF& box, Point2f by) {
  return {box.x + by.x, box.y + by.y, box.width, box.height};
}

}  // namespace

RectF PredictedBox(const FaceTrack& track) {
  const float longest = kMaxPredictedMotion * Side(track.box);
  const float length = std::hypot(track.motion_px.x, track.motion_px.y);
  const float part = length > longest ? longest / length : 1.0F;
  return Shifted(track.box, part * track.motion_px);
}

FacePlace PlaceOf(const FaceTrack& track, const LandmarkSchema& schema) {
  return track.leans ? PlaceOf(track.landmarks, schema, true) : FacePlace{track.box};
}

FacePlace PredictedPlace(const FaceTrack& track, const LandmarkSchema& schema) {
  FacePlace place = PlaceOf(track, schema);
  place.box = Shifted(place.box, PredictedBox(track).Center() - track.box.Center());
  return place;
}

bool AnyHasPoints(std::span<const FaceTrack> tracks) {
  return std::ranges::any_of(tracks,
                             [](const FaceTrack& track) { return !track.landmarks.Empty(); });
}

RectF BoxAround(const Landmarks& landmarks, const RectF& otherwise) {
  const bool bound = landmarks.points_px.size() >= kPointsThatBound;
  return bound ? BoundsOf(landmarks.points_px) : otherwise;
}

FaceTrack MovedTo(const FaceTrack& before, Landmarks landmarks) {
  FaceTrack now = before;
  const Point2f moved = Mean(landmarks.points_px) - Mean(before.landmarks.points_px);
  now.box = BoxAround(landmarks, Shifted(before.box, moved));
  now.landmarks = std::move(landmarks);
  now.motion_px = now.box.Center() - before.box.Center();
  ++now.frames_since_confirmed;
  return now;
}

bool IsUsable(const FaceTrack& track, const Image& image) {
  for (const Point2f p : track.landmarks.points_px) {
    if (!std::isfinite(p.x) || !std::isfinite(p.y)) return false;
  }
  if (!(Side(track.box) >= kMinSidePx) || track.box.Area() <= 0.0F) return false;
  const RectF picture{-0.5F, -0.5F, static_cast<float>(image.width_px),
                      static_cast<float>(image.height_px)};
  return Intersection(track.box, picture).Area() >= kMinInPicture * track.box.Area();
}

float Continuity(const FaceTrack& before, const FaceTrack& now) {
  const RectF expected = PredictedBox(before);
  const float side = Side(expected);
  const float growth = Side(now.box) / side;
  const float jump = Distance(now.box.Center(), expected.Center()) / side;
  const float worst =
      std::min({Falling(std::max(growth, 1.0F / growth), 1.1F, 1.5F), Falling(jump, 0.2F, 0.7F),
                Falling(ShapeChange(before, now), 0.04F, 0.15F)});
  return std::isfinite(worst) ? worst : 0.0F;
}

// The detector's boxes overlap those of true landmarks by 0.7 or more in 99 of 100 faces.
float Agreement(const RectF& located, const RectF& detected) {
  return Falling(1.0F - IntersectionOverUnion(located, detected), 0.4F, 0.8F);
}

bool AreOnSameFace(const FaceTrack& a, const FaceTrack& b) {
  const auto& p = a.landmarks.points_px;
  const auto& q = b.landmarks.points_px;
  // Detections of one search overlap by less. Of a face that leans a part may look like a face.
  constexpr float kSameBoxIou = 0.4F;
  constexpr float kPartOfFace = 0.7F;
  if (p.empty() || q.empty()) {
    const float smaller = std::min(a.box.Area(), b.box.Area());
    return IntersectionOverUnion(a.box, b.box) >= kSameBoxIou ||
           (a.leans != b.leans && Intersection(a.box, b.box).Area() >= kPartOfFace * smaller);
  }
  float sum = 0.0F;
  for (size_t i = 0; i < p.size(); ++i) sum += Distance(p[i], q[i]);
  constexpr float kClose = 0.15F;  // in sides of the smaller box
  return sum / static_cast<float>(p.size()) < kClose * std::min(Side(a.box), Side(b.box));
}

std::vector<std::pair<size_t, size_t>> MatchByOverlap(std::span<const RectF> a,
                                                      std::span<const RectF> b, float min_iou) {
  struct Candidate {
    float iou;
    size_t i, j;
  };
  std::vector<Candidate> candidates;
  for (size_t i = 0; i < a.size(); ++i) {
    for (size_t j = 0; j < b.size(); ++j) {
      const float iou = IntersectionOverUnion(a[i], b[j]);
      if (iou >= min_iou) candidates.push_back({iou, i, j});
    }
  }
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const Candidate& x, const Candidate& y) { return x.iou > y.iou; });
  std::vector<bool> a_used(a.size());
  std::vector<bool> b_used(b.size());
  std::vector<std::pair<size_t, size_t>> pairs;
  for (const Candidate& c : candidates) {
    if (a_used[c.i] || b_used[c.j]) continue;
    a_used[c.i] = true;
    b_used[c.j] = true;
    pairs.emplace_back(c.i, c.j);
  }
  return pairs;
}

}  // namespace nosetip

#include "tracker/tracking/landmark_smoother.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/core/face.h"

namespace nosetip {
namespace {

constexpr double kDefaultFrameS = 1.0 / 30.0;
constexpr double kMaxFrameS = 1.0;
// For a strength of 1, in eye distances. The logarithm of the size and the turn in radians move the
// outline of a face by about as much.
constexpr OneEuroSettings kWhole{1.2, 24.0};

// Of points within a face, for a strength of 1. Chosen on two webcam clips (docs/experiments.md).
constexpr double kRestCutoffHz = 0.12;
// The cutoff of a point that is found one span away from where it is held. At 25 frames/s half of
// the way is made up within a frame.
constexpr double kSpanCutoffHz = 4.0;
constexpr double kSpan = 0.028;  // eye distances
constexpr double kMouthSpan = 0.014;
constexpr double kEyeSpan = 0.011;  // a lid moves 0.03 a frame in a blink
constexpr double kOpenS = 0.05;     // in which an open filter closes to 37 %
constexpr double kMinConfidenceWeight = 0.3;

OneEuroSettings Scaled(const OneEuroSettings& settings, double factor) {
  return {settings.min_cutoff_hz * factor, settings.cutoff_per_speed * factor};
}

// The angle equal to `turn_rad` up to full turns that is nearest to `before`.
double Unwrapped(double turn_rad, double before) {
  constexpr double kFull = 2.0 * std::numbers::pi;
  return turn_rad + kFull * std::round((before - turn_rad) / kFull);
}

}  // namespace

std::span<const Field<SmoothingOptions>> SmoothingOptions::Fields() {
  using O = SmoothingOptions;
  static const auto kFields = std::to_array<Field<O>>({
      {"smooth", &O::smooth, "Smooth the points of followed faces."},
      {"smooth-strength", &O::strength,
       "Set the smoothing strength: 0 for none, 1 for a person at a webcam.", 0, 10},
  });
  return kFields;
}

LandmarkSmoother::LandmarkSmoother(const LandmarkSchema& schema, const SmoothingOptions& options)
    : schema_(&schema), span_(static_cast<size_t>(schema.count), kSpan), options_(options) {
  Validate(options);
  for (const LandmarkPart& part : schema.parts) {
    if (part.name != "eyes" && part.name != "mouth") continue;
    const double span = part.name == "eyes" ? kEyeSpan : kMouthSpan;
    std::fill(span_.begin() + part.first, span_.begin() + part.last + 1, span);
  }
}

void LandmarkSmoother::Smooth(TrackResult& result) {
  if (!options_.smooth || options_.strength <= 0.0F) return;
  const double passed = result.pts_s - last_pts_s_;
  const double seconds = passed > 0.0 ? std::min(passed, kMaxFrameS) : kDefaultFrameS;
  last_pts_s_ = result.pts_s;
  std::map<int, Filters> still_here;
  for (TrackedFace& face : result.faces) {
    auto& points = face.landmarks.points_px;
    if (points.empty()) continue;
    auto known = faces_.extract(face.id);
    if (known.empty()) still_here.emplace(face.id, Begin(points));
    if (!known.empty()) still_here.insert(std::move(known));
    SmoothFace(still_here.at(face.id), face.landmarks, seconds);
    if (points.size() >= kPointsThatBound) face.box.rect = BoundsOf(points);
  }
  faces_ = std::move(still_here);
}

void LandmarkSmoother::Reset() {
  faces_.clear();
  last_pts_s_ = 0.0;
}

LandmarkSmoother::Filters LandmarkSmoother::Begin(std::span<const Point2f> points_px) const {
  Check(points_px.size() == span_.size(), "a face with the points of the schema");
  Filters filters;
  const Point2f center = Mean(points_px);
  const double unit_px = FaceUnitPx(points_px, *schema_);
  const float scale = unit_px > 0.0 ? static_cast<float>(1.0 / unit_px) : 1.0F;
  for (const Point2f p : points_px) filters.first.push_back(scale * (p - center));
  filters.held = filters.first;
  filters.off.resize(points_px.size());
  filters.open_hz.resize(points_px.size());
  return filters;
}

void LandmarkSmoother::SmoothFace(Filters& filters, Landmarks& face, double seconds) const {
  auto& points = face.points_px;
  Check(points.size() == filters.first.size(), "a face keeps its number of points");
  // A single point has no size or turn.
  const Affine2 frame_from_face =
      FitSimilarity(points, filters.first).value_or(Affine2::Similarity(1.0F, 0.0F, Mean(points)));
  const Affine2 face_from_frame = frame_from_face.Inverse();
  const Affine2 smooth_frame_from_face = SmoothWhole(filters, frame_from_face, seconds);
  for (size_t k = 0; k < points.size(); ++k) {
    filters.off[k] = face_from_frame.Apply(points[k]) - filters.held[k];
  }
  SmoothWithin(filters, face.confidence, seconds);
  for (size_t k = 0; k < points.size(); ++k) {
    points[k] = smooth_frame_from_face.Apply(filters.held[k]);
  }
}

Affine2 LandmarkSmoother::SmoothWhole(Filters& filters, const Affine2& frame_from_face,
                                      double seconds) const {
  const double unit_px = frame_from_face.Scale();
  const double turn =
      Unwrapped(std::atan2(frame_from_face.m[3], frame_from_face.m[0]), filters.turn_rad);
  filters.turn_rad = turn;
  const OneEuroSettings whole = Scaled(kWhole, 1.0 / options_.strength);
  // The place itself is not divided by the unit, which would add the noise of the size.
  const OneEuroSettings place{whole.min_cutoff_hz, whole.cutoff_per_speed / unit_px};
  const Point2f shift{
      static_cast<float>(filters.whole[0].Filter(frame_from_face.m[2], seconds, place)),
      static_cast<float>(filters.whole[1].Filter(frame_from_face.m[5], seconds, place))};
  const double size = std::exp(filters.whole[2].Filter(std::log(unit_px), seconds, whole));
  const double smooth_turn = filters.whole[3].Filter(turn, seconds, whole);
  return Affine2::Similarity(static_cast<float>(size), static_cast<float>(smooth_turn), shift);
}

void LandmarkSmoother::SmoothWithin(Filters& filters, std::span<const float> confidence,
                                    double seconds) const {
  const std::vector<Point2f>& off = filters.off;
  const double stays_open = std::exp(-seconds / kOpenS);
  for (size_t k = 0; k < off.size(); ++k) {
    const double sure = k < confidence.size() ? confidence[k] : 1.0;
    const double weight = kMinConfidenceWeight + (1.0 - kMinConfidenceWeight) * sure;
    const double spans = weight * std::hypot(off[k].x, off[k].y) / span_[k];
    double& open_hz = filters.open_hz[k];
    open_hz = std::max(kSpanCutoffHz * std::pow(spans, 4.0), stays_open * open_hz);
    const double cutoff_hz = kRestCutoffHz * weight + open_hz;
    const double taken = LowPassWeight(cutoff_hz / options_.strength, seconds);
    filters.held[k] = filters.held[k] + static_cast<float>(taken) * off[k];
  }
}

}  // namespace nosetip

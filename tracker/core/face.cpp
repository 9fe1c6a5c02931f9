#include "tracker/core/face.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "tracker/core/metrics.h"

namespace nosetip {

float FaceUnitPx(std::span<const Point2f> points_px, const LandmarkSchema& schema) {
  if (schema.outer_eye_corners) {
    const auto [left, right] = *schema.outer_eye_corners;
    return Distance(points_px[static_cast<size_t>(left)], points_px[static_cast<size_t>(right)]);
  }
  const RectF bounds = BoundsOf(points_px);
  return 0.6F * std::max(bounds.width, bounds.height);
}

float ConfidenceOf(float expected_percent) {
  if (!(expected_percent > 0.0F)) return expected_percent == 0.0F ? 1.0F : 0.0F;
  const double ratio = kFailureNmePercent / expected_percent;
  return static_cast<float>(1.0 - std::exp(-0.25 * std::numbers::pi * ratio * ratio));
}

void SetConfidence(Landmarks& landmarks, const LandmarkSchema& schema) {
  landmarks.confidence.clear();
  if (landmarks.expected_error_px.empty()) return;
  landmarks.confidence.reserve(landmarks.expected_error_px.size());
  const float unit_px = FaceUnitPx(landmarks.points_px, schema);
  for (const float error_px : landmarks.expected_error_px) {
    landmarks.confidence.push_back(unit_px > 0.0F ? ConfidenceOf(100.0F * error_px / unit_px)
                                                  : 0.0F);
  }
}

float MeanConfidence(const Landmarks& landmarks) {
  if (landmarks.confidence.empty()) return 1.0F;
  float sum = 0.0F;
  for (const float confidence : landmarks.confidence) sum += confidence;
  return sum / static_cast<float>(landmarks.confidence.size());
}

}  // namespace nosetip

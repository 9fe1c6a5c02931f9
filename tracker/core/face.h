// Faces, their landmarks, and how reliable these are.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tracker/core/face_signals.h"
#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/rotation.h"

namespace nosetip {

struct FaceBox {
  RectF rect;          // frame pixels
  float score = 0.0F;  // 0 to 1
};

// Points in frame pixels in the order of the model's schema. The others hold one number per point,
// or are empty where the model gives none.
struct Landmarks {
  std::vector<Point2f> points_px;
  std::vector<float> confidence{};         // 0 to 1; see ConfidenceOf
  std::vector<float> expected_error_px{};  // how far off the point is, on average, in frame pixels

  bool Empty() const { return points_px.empty(); }
};

// Fewer points give no box of a face.
inline constexpr size_t kPointsThatBound = 3;

// A camera without distortion, in frame pixels: (x, y, z) appears at (fx x / z + cx, fy y / z +
// cy).
struct PinholeCamera {
  double fx_px = 0.0;  // focal lengths
  double fy_px = 0.0;
  double cx_px = 0.0;  // where the optical axis meets the frame
  double cy_px = 0.0;

  friend bool operator==(const PinholeCamera&, const PinholeCamera&) = default;
};

// The head in camera coordinates (x right, y down, z away from the camera). The millimeters hold
// for an average adult head.
struct HeadPose {
  std::array<float, 3> translation_mm{};
  std::array<float, 3> rotation_rad{};  // Euler angles: R = Rx(pitch) Ry(yaw) Rz(roll)
  PinholeCamera camera{};               // that it was estimated for
};

struct TrackedFace {
  int id = 0;           // the same while the face is followed; never used again
  FaceBox box;          // bounds of the landmarks; the score is the detector's latest for this face
  Landmarks landmarks;  // none where the face is certain, but its points are not
  std::optional<HeadPose> pose;
  // The landmarks in camera coordinates, as in HeadPose; empty where they were not asked for, and
  // for schemas other than ibug68.
  std::vector<Point3> points_mm{};
  std::optional<FaceSignals> signals{};  // where SignalMeter measured them
  float confidence = 0.0F;               // 0 to 1
};

struct StageTimings {
  double detect_ms = 0.0;
  double landmark_ms = 0.0;
  double crop_ms = 0.0;  // the part of landmark_ms in which the faces are cut out
  double smooth_ms = 0.0;
};

struct TrackResult {
  int64_t frame_id = 0;
  double pts_s = 0.0;
  std::vector<TrackedFace> faces;  // by ascending id
  int left_out = 0;                // faces that a search of this frame found beyond the limit
  StageTimings timings;
};

// The unit for distances within a face, in pixels: the distance of the outer eye corners; where the
// schema has none, 0.6 of the longer side of the points' bounds, which is about the same.
float FaceUnitPx(std::span<const Point2f> points_px, const LandmarkSchema& schema);

// The chance, 0 to 1, that a point is within kFailureNmePercent of its true place, where its error
// is `expected_percent` on average. Assumes that errors follow a Rayleigh distribution, as they do
// where x and y err independently; `nosetip-train evaluate` measures how well that holds.
float ConfidenceOf(float expected_percent);

// Sets `confidence` from `expected_error_px`; leaves it empty where there is none.
void SetConfidence(Landmarks& landmarks, const LandmarkSchema& schema);

// From this mean confidence on, points are certainly those of a face. On 262 held-out faces of
// 300-W the shipped models give 0.57 and above, in 99 % of places beside them 0.15 and below
// (docs/benchmarks.md).
inline constexpr float kSureFaceConfidence = 0.55F;

// The points of a followed face with less confidence are not reported. Those of a new face, or of
// one without points, need more, so that points do not come and go. On 435 faces of YouTube Faces
// face68-fast gives 0.13 and above.
inline constexpr float kMinFaceConfidence = 0.1F;
inline constexpr float kMinNewFaceConfidence = 0.25F;

// Over all points, 0 to 1; 1 where the model gives no confidence.
float MeanConfidence(const Landmarks& landmarks);

}  // namespace nosetip

// What the tracker finds.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "tracker/core/geometry.h"

namespace nosetip {

struct FaceBox {
  RectF rect;          // frame pixels
  float score = 0.0F;  // 0 to 1
};

// Points in frame pixels in the order of the model's schema. The others hold one number a point, or
// are empty where the model gives none.
struct Landmarks {
  std::vector<Point2f> points_px;
  std::vector<float> confidence{};         // 0 to 1; see ConfidenceOf
  std::vector<float> expected_error_px{};  // how far off the point is, on average, in frame pixels
};

// Fewer points bound no face.
inline constexpr size_t kPointsThatBound = 3;

// The head in camera coordinates (x right, y down, z away from the camera), for a pinhole camera
// whose principal point is the frame's centre. The millimetres hold for an average adult head.
struct HeadPose {
  std::array<float, 3> translation_mm{};
  std::array<float, 3> rotation_rad{};  // Euler angles: R = Rx(pitch) Ry(yaw) Rz(roll)
};

struct TrackedFace {
  int id = 0;   // stays with the face while it is followed; never used again
  FaceBox box;  // bounds of the landmarks; the score is the detector's latest for this face
  Landmarks landmarks;
  std::optional<HeadPose> pose;
  float confidence = 0.0F;  // 0 to 1
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
  StageTimings timings;
};

}  // namespace nosetip

// Where a head is and how it is turned, from its landmarks and a rigid model of the face.
#pragma once

#include <optional>
#include <span>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/core/rotation.h"

namespace nosetip {

// Points of a head are in mm, axes as in HeadPose (for a head that faces the camera: x to the right
// in the frame, y down, z away from the camera). The origin lies between the eyes' outer corners.

struct ModelPoint {
  int landmark = 0;  // index in ibug68
  Point3 head_mm{};
};

// The landmarks that move little with the expression, on an average adult face.
std::span<const ModelPoint> RigidFaceModel();
// Where its nose ends.
Point3 NoseTipOfModel();

// Nothing for schemas other than ibug68, and for points that determine no pose: not finite, all in
// one place or on a line, or behind the camera.
std::optional<HeadPose> EstimateHeadPose(std::span<const Point2f> points_px,
                                         const LandmarkSchema& schema, const PinholeCamera& camera);

// Where a point of the head appears in the frame of the pose's camera. It must lie in front of it.
Point2f ProjectHeadPoint(const HeadPose& pose, const Point3& head_mm);

}  // namespace nosetip

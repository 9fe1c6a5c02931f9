// What a pixel looks at, as seen from the head.
#pragma once

#include "tracker/core/face.h"
#include "tracker/core/geometry.h"
#include "tracker/core/rotation.h"

namespace nosetip {

// In head coordinates, in mm, axes and origin as in HeadPoints.
struct LineOfSight {
  Point3 camera;
  Point3 ahead;  // from the camera to where the line is 1 mm in front of it

  Point3 At(double mm_in_front) const;
  // How steeply the line meets planes of equal depth: 1 at right angles, 0 along them, negative
  // from behind the head.
  double Steepness() const;
  // Where it meets the plane of a depth; Steepness() must not be 0.
  Point3 AtDepth(double depth_mm) const { return At((depth_mm - camera[2]) / ahead[2]); }
};

// The camera of a pose.
class Sight {
 public:
  explicit Sight(const HeadPose& pose);
  LineOfSight Through(const Point2f& pixel) const;

 private:
  PinholeCamera lens_;
  Rotation to_head_;
  Point3 camera_;
};

}  // namespace nosetip

// Landmarks in three dimensions, from those in the frame.
#pragma once

#include <optional>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/face_shape.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// A head that appears where the landmarks are.
struct ShapeFit {
  Rotation rotation{};
  Point3 translation_mm{};
  ShapeCoefficients coefficients{};
};

// The likeliest head and face shape: those of least squared distance to the landmarks, in units of
// the points' noise and weighted by their confidence, plus the squared coefficients. `start` is
// what EstimateHeadPose gives for the same landmarks, whose camera it takes. The same input gives
// the same result; nothing is kept from one frame to the next.
//
// Nothing for schemas other than ibug68 and where the points are those of no face.
std::optional<ShapeFit> FitShape(const Landmarks& landmarks, const LandmarkSchema& schema,
                                 const HeadPose& start,
                                 const FaceShape& shape = LearnedFaceShape());

// Its points in camera coordinates, axes as in HeadPose.
std::vector<Point3> CameraPoints(const ShapeFit& fit, const FaceShape& shape = LearnedFaceShape());

// How sure the coefficients of a fit are: their covariance, which includes what the pose leaves
// open. Same arguments as for the fit.
std::array<ShapeCoefficients, kShapeModes> CoefficientCovariance(const Landmarks& landmarks,
                                                                 const PinholeCamera& camera,
                                                                 const ShapeFit& fit,
                                                                 const FaceShape& shape);

// Where a point in camera coordinates appears; it must lie in front of the camera.
Point2f Projected(const PinholeCamera& camera, const Point3& point_mm);

}  // namespace nosetip

// Learns the face shapes of tracker/core/face_shape.h from labeled photographs: non-rigid structure
// from motion with a Gaussian prior, as in Torresani, Hertzmann and Bregler, "Nonrigid
// Structure-from-Motion: Estimating Shape and Motion with Hierarchical Priors" (IEEE TPAMI 2008),
// for a camera with perspective. Free of LibTorch.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "tracker/core/face_shape.h"
#include "tracker/core/geometry.h"

namespace nosetip {

// After step `step`, from 1; the noise is the mean over all points.
using OnShapeStep = std::function<void(int step, double noise_mm)>;

// Each face has the points of ibug68 in pixels of its photograph. All photographs count as taken
// from 1 m with the face in the middle, as their cameras are not known. Every face counts twice, as
// it is and mirrored, so that the shape is symmetric. Throws Error for fewer than 200 faces.
FaceShape LearnFaceShape(std::span<const std::vector<Point2f>> faces, int steps,
                         const OnShapeStep& on_step);

// How far the points of a fitted shape appear from the labeled ones, in the mean over the points
// and in percent of the distance of the outer eye corners; one number a face.
std::vector<double> ReprojectionErrors(const FaceShape& shape,
                                       std::span<const std::vector<Point2f>> faces);

}  // namespace nosetip

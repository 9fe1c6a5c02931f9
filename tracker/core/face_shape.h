// The faces that people have, in three dimensions: a mean head and the ways in which faces differ
// from it, learned from labeled photographs by `nosetip-train shape`. docs/points-3d.md has how.
#pragma once

#include <array>
#include <cstddef>
#include <span>

#include "tracker/core/rotation.h"

namespace nosetip {

inline constexpr size_t kShapePoints = 68;  // of ibug68, in its order
inline constexpr size_t kShapeModes = 48;

// Points of a head in mm, axes as in HeadPose (for a head that faces the camera: x to the right in
// the frame, y down, z away from the camera). The origin lies between the eyes' outer corners.
using HeadPoints = std::array<Point3, kShapePoints>;

// How much of each mode a face has, in standard deviations over the faces learned from.
using ShapeCoefficients = std::array<double, kShapeModes>;

// The millimeters are those of a head whose outer eye corners are 89 mm apart, as in an average
// adult. All is symmetric: the mean is, and each mode either is or is the negative of its mirror
// image. No mode moves or turns the eyes' corners and the nose as a whole.
struct FaceShape {
  HeadPoints mean_mm{};
  // The mean with closed lips: the likeliest face of that kind.
  HeadPoints neutral_mm{};
  // For each point and axis the displacement by one standard deviation of each mode.
  std::array<std::array<ShapeCoefficients, 3>, kShapePoints> modes_mm{};
  // How far labeled points are from what mean and modes explain; standard deviation along one axis.
  std::array<double, kShapePoints> noise_mm{};
};

const FaceShape& LearnedFaceShape();

// A face of average shape with closed lips, as it is where nothing is known about the person: for
// example to turn points to the front.
inline std::span<const Point3, kShapePoints> NeutralHead() { return LearnedFaceShape().neutral_mm; }

HeadPoints HeadOf(const ShapeCoefficients& coefficients,
                  const FaceShape& shape = LearnedFaceShape());

}  // namespace nosetip

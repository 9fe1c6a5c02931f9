#include "tracker/core/face_shape.h"

#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

// In hundredths of a millimeter, of the points that are not mirror images of earlier ones.
constexpr size_t kHalfPoints = 39;
using HalfPoints = int[kHalfPoints][3];

struct HalfMode {
  int symmetry;  // 1, or -1 where the other half moves the opposite way
  HalfPoints displacement;
};

#include "tracker/core/face_shape_table.inc"

constexpr double kUnitMm = 0.01;

// The points of the other half are mirrored at the plane x = 0.
HeadPoints WholeOf(const HalfPoints& half, int symmetry) {
  HeadPoints whole{};
  size_t next = 0;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto other = static_cast<size_t>(Ibug68().mirror[i]);
    if (other < i) continue;
    const auto& [x, y, z] = half[next++];
    whole[other] = {-symmetry * kUnitMm * x, symmetry * kUnitMm * y, symmetry * kUnitMm * z};
    whole[i] = {kUnitMm * x, kUnitMm * y, kUnitMm * z};
  }
  return whole;
}

FaceShape ReadTable() {
  FaceShape shape;
  shape.mean_mm = WholeOf(kMean, 1);
  shape.neutral_mm = WholeOf(kNeutral, 1);
  size_t next = 0;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const auto other = static_cast<size_t>(Ibug68().mirror[i]);
    if (other < i) continue;
    shape.noise_mm[i] = shape.noise_mm[other] = kUnitMm * kNoise[next++];
  }
  for (size_t k = 0; k < kShapeModes; ++k) {
    const HeadPoints mode = WholeOf(kModes[k].displacement, kModes[k].symmetry);
    for (size_t i = 0; i < kShapePoints; ++i) {
      for (size_t a = 0; a < 3; ++a) shape.modes_mm[i][a][k] = mode[i][a];
    }
  }
  return shape;
}

}  // namespace

const FaceShape& LearnedFaceShape() {
  static const FaceShape kShape = ReadTable();
  return kShape;
}

HeadPoints HeadOf(const ShapeCoefficients& coefficients, const FaceShape& shape) {
  HeadPoints head = shape.mean_mm;
  for (size_t i = 0; i < kShapePoints; ++i) {
    for (size_t a = 0; a < 3; ++a) {
      const ShapeCoefficients& modes = shape.modes_mm[i][a];
      for (size_t k = 0; k < kShapeModes; ++k) head[i][a] += coefficients[k] * modes[k];
    }
  }
  return head;
}

}  // namespace nosetip

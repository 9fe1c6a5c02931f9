#include "tracker/core/shape_fit.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr PinholeCamera kCamera = {800.0, 800.0, 319.5, 239.5};

// A face that is unlike the mean in every mode.
ShapeFit SomeFace() {
  ShapeFit face;
  face.rotation = RotationOf({0.2F, -0.35F, 0.1F});
  face.translation_mm = {40.0, -25.0, 620.0};
  for (size_t k = 0; k < kShapeModes; ++k) {
    face.coefficients[k] = 1.2 * std::sin(1.7 * static_cast<double>(k) + 0.4);
  }
  return face;
}

Landmarks SeenOf(const ShapeFit& face) {
  Landmarks landmarks;
  for (const Point3& p : CameraPoints(face)) landmarks.points_px.push_back(Projected(kCamera, p));
  return landmarks;
}

// As far off as a rigid model's pose may be.
HeadPose StartNear(const ShapeFit& face) {
  HeadPose start;
  start.camera = kCamera;
  start.rotation_rad = AnglesOf(face.rotation);
  start.rotation_rad[0] += 0.08F;
  start.rotation_rad[1] -= 0.06F;
  for (size_t a = 0; a < 3; ++a) {
    start.translation_mm[a] = static_cast<float>(face.translation_mm[a] * 1.03);
  }
  return start;
}

FaceShape ShapeWithNoise(double noise_mm) {
  FaceShape shape = LearnedFaceShape();
  shape.noise_mm.fill(noise_mm);
  return shape;
}

double MeanDistance(const std::vector<Point3>& a, const std::vector<Point3>& b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.size(); ++i) {
    sum += std::hypot(a[i][0] - b[i][0], a[i][1] - b[i][1], a[i][2] - b[i][2]);
  }
  return sum / static_cast<double>(a.size());
}

TEST(FitShape, FindsTheFaceWhosePointsAreExact) {
  const ShapeFit face = SomeFace();
  const FaceShape exact = ShapeWithNoise(1e-3);
  const auto found = FitShape(SeenOf(face), Ibug68(), StartNear(face), exact);
  ASSERT_TRUE(found);
  EXPECT_LT(MeanDistance(CameraPoints(*found), CameraPoints(face)), 0.5);
  for (size_t k = 0; k < kShapeModes; ++k) {
    EXPECT_NEAR(found->coefficients[k], face.coefficients[k], 0.1) << k;
  }
}

TEST(FitShape, AppearsWhereThePointsAre) {
  const ShapeFit face = SomeFace();
  const Landmarks seen = SeenOf(face);
  const auto found = FitShape(seen, Ibug68(), StartNear(face));
  ASSERT_TRUE(found);
  const std::vector<Point3> points = CameraPoints(*found);
  double sum = 0.0;
  for (size_t i = 0; i < kShapePoints; ++i) {
    sum += Distance(Projected(kCamera, points[i]), seen.points_px[i]);
  }
  EXPECT_LT(sum / kShapePoints, 0.01 * FaceUnitPx(seen.points_px, Ibug68()));
}

TEST(FitShape, OfAMirroredFaceIsMirrored) {
  const ShapeFit face = SomeFace();
  const Landmarks seen = SeenOf(face);
  Landmarks mirrored;
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Point2f p = seen.points_px[static_cast<size_t>(Ibug68().mirror[i])];
    mirrored.points_px.push_back({639.0F - p.x, p.y});
  }
  const HeadPose start = StartNear(face);
  HeadPose mirrored_start = start;
  mirrored_start.translation_mm[0] = -start.translation_mm[0];
  for (const size_t i : {1, 2}) mirrored_start.rotation_rad[i] = -start.rotation_rad[i];
  const auto found = FitShape(seen, Ibug68(), start);
  const auto other = FitShape(mirrored, Ibug68(), mirrored_start);
  ASSERT_TRUE(found && other);
  const std::vector<Point3> a = CameraPoints(*found), b = CameraPoints(*other);
  for (size_t i = 0; i < kShapePoints; ++i) {
    const Point3& p = b[static_cast<size_t>(Ibug68().mirror[i])];
    EXPECT_NEAR(p[0], -a[i][0], 0.3) << i;
    EXPECT_NEAR(p[1], a[i][1], 0.3) << i;
    EXPECT_NEAR(p[2], a[i][2], 0.8) << i;
  }
}

TEST(FitShape, ListensToPointsByTheirConfidence) {
  const ShapeFit face = SomeFace();
  const std::vector<Point3> truth = CameraPoints(face);
  Landmarks seen = SeenOf(face);
  for (size_t i = 48; i < kShapePoints; ++i) seen.points_px[i].x += 25.0F;
  const auto believed = FitShape(seen, Ibug68(), StartNear(face));
  seen.confidence.assign(kShapePoints, 1.0F);
  std::fill(seen.confidence.begin() + 48, seen.confidence.end(), 0.0F);
  const auto doubted = FitShape(seen, Ibug68(), StartNear(face));
  ASSERT_TRUE(believed && doubted);
  EXPECT_LT(MeanDistance(CameraPoints(*doubted), truth),
            0.5 * MeanDistance(CameraPoints(*believed), truth));
}

TEST(FitShape, GivesTheSameTwice) {
  const ShapeFit face = SomeFace();
  const auto once = FitShape(SeenOf(face), Ibug68(), StartNear(face));
  const auto again = FitShape(SeenOf(face), Ibug68(), StartNear(face));
  ASSERT_TRUE(once && again);
  EXPECT_EQ(CameraPoints(*once), CameraPoints(*again));
}

TEST(FitShape, IsNothingWithoutAFace) {
  const HeadPose start = StartNear(SomeFace());
  EXPECT_FALSE(FitShape({std::vector<Point2f>(58)}, Imm58(), start));
  Landmarks broken = SeenOf(SomeFace());
  broken.points_px[30].x = std::numeric_limits<float>::quiet_NaN();
  EXPECT_FALSE(FitShape(broken, Ibug68(), start));
  HeadPose behind = start;
  behind.translation_mm[2] = -600.0F;
  EXPECT_FALSE(FitShape(SeenOf(SomeFace()), Ibug68(), behind));
}

TEST(FitShape, StaysFiniteForPointsOfNoFace) {
  Landmarks same;
  same.points_px.assign(kShapePoints, {320.0F, 240.0F});
  const auto found = FitShape(same, Ibug68(), StartNear(SomeFace()));
  if (!found) return;
  for (const Point3& p : CameraPoints(*found)) {
    for (const double value : p) EXPECT_TRUE(std::isfinite(value));
  }
}

TEST(CoefficientCovariance, IsSmallerThanThatOfUnknownFaces) {
  const ShapeFit face = SomeFace();
  const Landmarks seen = SeenOf(face);
  const auto covariance = CoefficientCovariance(seen, kCamera, face, LearnedFaceShape());
  for (size_t k = 0; k < kShapeModes; ++k) {
    EXPECT_GT(covariance[k][k], 0.0);
    EXPECT_LT(covariance[k][k], 1.0) << "the points tell something about mode " << k;
    EXPECT_NEAR(covariance[k][0], covariance[0][k], 1e-6);
  }
}

}  // namespace
}  // namespace nosetip

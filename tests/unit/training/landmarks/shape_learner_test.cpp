#include "training/landmarks/shape_learner.h"

#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/core/metrics.h"
#include "tracker/core/shape_fit.h"
#include "training/data/data_set.h"
#include "training/data/held_out.h"
#include "training/landmarks/shape_table.h"

namespace nosetip {
namespace {

double MeanOf(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

// Photographs of made-up people, turned by up to 40 degrees.
std::vector<std::vector<Point2f>> MadeUpFaces(int count) {
  std::mt19937 random(7);
  std::normal_distribution<double> normal;
  std::vector<std::vector<Point2f>> faces;
  for (int i = 0; i < count; ++i) {
    ShapeFit face;
    const auto angle = [&](double most) {
      return static_cast<float>(most * std::sin(normal(random)));
    };
    face.rotation = RotationOf({angle(0.3), angle(0.7), angle(0.2)});
    face.translation_mm = {0.0, 0.0, 1000.0};
    for (size_t k = 0; k < 6; ++k) face.coefficients[k] = normal(random);
    std::vector<Point2f> points;
    for (const Point3& p : CameraPoints(face)) {
      points.push_back(Projected({900.0, 900.0, 300.0, 300.0}, p));
    }
    faces.push_back(std::move(points));
  }
  return faces;
}

TEST(LearnFaceShape, FindsTheDepthOfMadeUpFaces) {
  const auto faces = MadeUpFaces(240);
  std::vector<double> noise;
  const FaceShape shape =
      LearnFaceShape(faces, 6, [&](int, double noise_mm) { noise.push_back(noise_mm); });
  ASSERT_EQ(noise.size(), 6U);
  EXPECT_LT(noise.back(), 0.5 * noise.front());
  EXPECT_LT(MeanOf(ReprojectionErrors(shape, faces)), 0.5);
  const HeadPoints& truth = LearnedFaceShape().mean_mm;
  for (const size_t point : {0U, 8U, 27U, 30U, 33U, 48U}) {
    EXPECT_NEAR(shape.mean_mm[point][2], truth[point][2], 6.0) << point;
  }
}

TEST(LearnFaceShape, RefusesTooFewFaces) {
  const auto faces = MadeUpFaces(20);
  EXPECT_EQ(MessageOf([&] { LearnFaceShape(faces, 1, [](int, double) {}); }),
            "20 faces are too few to learn shapes from; give 200 or more");
}

TEST(ReprojectionErrors, OfLabeledFacesThatWereNotLearnedFromAreBelowOnePercent) {
  const auto folder = SharedPath("data/300w");
  if (!folder) GTEST_SKIP() << "the labeled photographs of 300-W are not here";
  std::vector<std::vector<Point2f>> held_out;
  for (AnnotatedFace& face : ReadDataSet(*folder).faces) {
    if (IsHeldOut(face.group, 12)) held_out.push_back(std::move(face.points_px));
  }
  const std::vector<double> errors = ReprojectionErrors(LearnedFaceShape(), held_out);
  EXPECT_EQ(errors.size(), held_out.size());
  EXPECT_GT(errors.size(), 200U);
  EXPECT_LT(MeanOf(errors), 1.0);
  EXPECT_LT(Percentile(errors, 95.0), 1.5);
}

TEST(ShapeTable, IsTheOneThatIsCompiledIn) {
  EXPECT_EQ(ShapeTable(LearnedFaceShape()), ReadText(NOSETIP_SHAPE_TABLE));
}

}  // namespace
}  // namespace nosetip

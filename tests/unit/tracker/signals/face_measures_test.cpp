#include "tracker/signals/face_measures.h"

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/face_shape.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/signals/frontal_face.h"

namespace nosetip {
namespace {

std::vector<Point2f> MeanFace() {
  std::vector<Point2f> points;
  for (const Point3& p : LearnedFaceShape().neutral_mm) {
    points.push_back({static_cast<float>(p[0]), static_cast<float>(p[1])});
  }
  return points;
}

double MeasureAt(const std::vector<Point2f>& points, Signal signal) {
  return MeasuresOf(points)[static_cast<size_t>(signal)];
}

TEST(FaceMeasures, OfTheMeanHeadAreTheSameOnBothSides) {
  const FaceMeasures of = MeasuresOf(MeanFace());
  EXPECT_NEAR(of[0], of[1], 1e-3);
  EXPECT_NEAR(of[0], 0.33, 0.01);
  EXPECT_NEAR(of[5], of[6], 1e-3);
  EXPECT_NEAR(of[7], 0.0, 1e-3);
}

TEST(FaceMeasures, RightIsThePersonsRight) {
  std::vector<Point2f> points = MeanFace();
  // On the left of a picture that is not mirrored.
  EXPECT_LT(points[36].x, 0.0F);
  points[37] = points[41];
  points[38] = points[40];
  EXPECT_NEAR(MeasureAt(points, Signal::kEyeOpenRight), 0.0, 1e-6);
  EXPECT_GT(MeasureAt(points, Signal::kEyeOpenLeft), 0.3);
  for (size_t k = 17; k < 22; ++k) points[k].y -= 5.0F;
  EXPECT_NEAR(MeasureAt(points, Signal::kBrowUpRight) - MeasureAt(points, Signal::kBrowUpLeft), 5.0,
              1e-3);
  for (const size_t k : {8U, 57U}) points[k].x += 4.0F;  // to the person's left
  EXPECT_NEAR(MeasureAt(points, Signal::kJawLeftRight), 4.0, 1e-3);
}

TEST(FaceMeasures, OfTheMouthAreInMillimeters) {
  std::vector<Point2f> points = MeanFace();
  const FaceMeasures before = MeasuresOf(points);
  points[66].y += 20.0F;
  EXPECT_NEAR(MeasureAt(points, Signal::kMouthOpen) - before[2], 20.0, 1e-3);
  points[48] = points[48] + Point2f{-3.0F, -3.0F};
  points[54] = points[54] + Point2f{3.0F, -3.0F};
  EXPECT_NEAR(MeasureAt(points, Signal::kMouthWidth) - before[3], 6.0, 1e-3);
  EXPECT_NEAR(MeasureAt(points, Signal::kSmile) - before[4], 4.243, 1e-3);
}

TEST(PointsOfSignal, MirrorEachOther) {
  const auto mirrored = [](Signal signal) {
    std::vector<int> points;
    for (const int point : PointsOfSignal(signal)) {
      points.push_back(Ibug68().mirror[static_cast<size_t>(point)]);
    }
    std::sort(points.begin(), points.end());
    return points;
  };
  const auto plain = [](Signal signal) {
    const auto points = PointsOfSignal(signal);
    return std::vector<int>(points.begin(), points.end());
  };
  EXPECT_EQ(mirrored(Signal::kEyeOpenRight), plain(Signal::kEyeOpenLeft));
  EXPECT_EQ(mirrored(Signal::kBrowUpRight), plain(Signal::kBrowUpLeft));
  for (const Signal signal : {Signal::kMouthOpen, Signal::kMouthWidth, Signal::kSmile,
                              Signal::kJawLeftRight, Signal::kHeadYaw, Signal::kHeadRoll}) {
    EXPECT_EQ(mirrored(signal), plain(signal)) << static_cast<int>(signal);
  }
}

}  // namespace
}  // namespace nosetip

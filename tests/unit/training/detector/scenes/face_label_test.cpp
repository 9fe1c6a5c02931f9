#include "training/detector/scenes/face_label.h"

#include <algorithm>
#include <cmath>
#include <random>

#include <gtest/gtest.h>

#include "tests/support/test_files.h"
#include "tests/unit/training/detector/scenes/painted_faces.h"
#include "tracker/core/error.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {
namespace {

constexpr float kToPx = 0.5F;

std::vector<Point2f> Turned(std::span<const Point2f> points, const Affine2& turn) {
  std::vector<Point2f> turned;
  for (const Point2f p : points) turned.push_back(turn.Apply(p));
  return turned;
}

void ExpectNear(const RectF& a, const RectF& b, float tolerance_px) {
  EXPECT_NEAR(a.x, b.x, tolerance_px);
  EXPECT_NEAR(a.y, b.y, tolerance_px);
  EXPECT_NEAR(a.width, b.width, tolerance_px);
  EXPECT_NEAR(a.height, b.height, tolerance_px);
}

TEST(FaceLabel, OfAnUprightFaceHasTheBoxThatADetectionOfItWouldHave) {
  for (const RectF& box :
       {RectF{30.0F, 50.0F, 100.0F, 110.0F}, RectF{-20.0F, 5.0F, 40.0F, 30.0F}}) {
    const FaceLabel label = LabelFromLandmarks(LandmarksIn(box), Ibug68());
    ExpectNear(LandmarkBoxFromDetection(BoxOf(label)), box, kToPx);
  }
}

TEST(FaceLabel, HasThePointsOfIbug68) {
  const RectF box{10.0F, 20.0F, 200.0F, 200.0F};
  const FaceLabel label = LabelFromLandmarks(LandmarksIn(box), Ibug68());
  EXPECT_NEAR(Distance(label.points_px[0], {66.0F, 64.0F}), 0.0F, 1e-3F);
  EXPECT_NEAR(Distance(label.points_px[1], {154.0F, 64.0F}), 0.0F, 1e-3F);
  EXPECT_EQ(label.points_px[2], (Point2f{110.0F, 116.0F}));
  EXPECT_EQ(label.points_px[3], (Point2f{74.0F, 164.0F}));
  EXPECT_EQ(label.points_px[4], (Point2f{146.0F, 164.0F}));
}

TEST(FaceLabel, TurnsWithTheFace) {
  const std::vector<Point2f> upright = LandmarksIn({100.0F, 80.0F, 90.0F, 100.0F});
  const FaceLabel label = LabelFromLandmarks(upright, Ibug68());
  for (const float angle_rad : {-0.7F, 0.3F, 1.2F}) {
    const Affine2 turn = Affine2::Similarity(1.3F, angle_rad, {40.0F, -7.0F});
    const FaceLabel turned = LabelFromLandmarks(Turned(upright, turn), Ibug68());
    EXPECT_NEAR(RollOf(turned), angle_rad, 1e-4F);
    ExpectNear(BoxOf(turned), BoxOf(Transformed(label, turn)), kToPx);
  }
}

TEST(FaceLabel, TurnedByAQuarterExchangesWidthAndHeight) {
  const FaceLabel label = LabelFromBox({0.0F, 0.0F, 60.0F, 90.0F});
  const RectF box = BoxOf(Transformed(label, Affine2::Similarity(1.0F, 1.5707963F, {})));
  EXPECT_NEAR(box.width, 90.0F, 0.1F);
  EXPECT_NEAR(box.height, 60.0F, 0.1F);
}

TEST(FaceLabel, MirroredKeepsTheRightEyeOnThePicturesLeft) {
  const FaceLabel label = LabelFromBox({10.0F, 0.0F, 60.0F, 90.0F});
  const FaceLabel mirrored = Transformed(label, {{-1.0F, 0.0F, 200.0F, 0.0F, 1.0F, 0.0F}});
  EXPECT_FLOAT_EQ(mirrored.points_px[0].x, 200.0F - label.points_px[1].x);
  EXPECT_FLOAT_EQ(mirrored.points_px[3].x, 200.0F - label.points_px[4].x);
  EXPECT_FLOAT_EQ(mirrored.points_px[2].x, 200.0F - label.points_px[2].x);
  EXPECT_LT(mirrored.points_px[0].x, mirrored.points_px[1].x);
  EXPECT_LT(mirrored.points_px[3].x, mirrored.points_px[4].x);
}

TEST(FaceLabel, NeedsASchemaWithEyes) {
  const std::vector<Point2f> nose = {{1.0F, 2.0F}};
  try {
    LabelFromLandmarks(nose, Nose1());
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_NE(std::string(error.what()).find("nose1"), std::string::npos) << error.what();
  }
}

// Both schemas agree on real faces: a face of IMM has its eyes above its nose above its mouth, the
// right ones on the picture's left.
TEST(FaceLabel, OfRealImmFacesIsOrdered) {
  const auto path = SharedPath("data/imm58");
  if (!path) GTEST_SKIP() << "needs ../shared/data/imm58";
  for (const AnnotatedFace& face : ReadDataSet(*path).faces) {
    const auto p = LabelFromLandmarks(face.points_px, Imm58()).points_px;
    EXPECT_LT(p[0].x, p[1].x) << face.name;
    EXPECT_LT(p[3].x, p[4].x) << face.name;
    EXPECT_LT(std::max(p[0].y, p[1].y), p[2].y) << face.name;
    EXPECT_LT(p[2].y, std::min(p[3].y, p[4].y)) << face.name;
  }
}

TEST(FaceLabel, OfRealFacesIsWhereYuNetSeesThem) {
  const auto path = SharedPath("data/300w");
  const auto model = SharedPath("models/face_detection_yunet_2023mar.onnx");
  if (!path || !model) GTEST_SKIP() << "needs ../shared/data/300w and ../shared/models";
  DataSet data = ReadDataSet(*path);
  std::ranges::shuffle(data.faces, std::mt19937(5));
  data.faces.resize(std::min<size_t>(data.faces.size(), 60));
  DetectorOptions options;
  options.detector = model->string();
  const auto yunet = CreateYuNetDetector(options);
  std::vector<float> overlaps;
  for (const Photograph& photograph : PhotographsOfDataSet(data, 256, nullptr).photographs) {
    const auto found = yunet->Detect(photograph.pyramid.front());
    float best = 0.0F;
    for (const FaceBox& box : found) {
      best = std::max(best, IntersectionOverUnion(box.rect, BoxOf(photograph.faces.front())));
    }
    overlaps.push_back(best);
  }
  std::ranges::sort(overlaps);
  EXPECT_GT(overlaps.at(overlaps.size() / 2), 0.85F);
}

}  // namespace
}  // namespace nosetip

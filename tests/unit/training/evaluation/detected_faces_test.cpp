#include "training/evaluation/detected_faces.h"

#include <gtest/gtest.h>

#include "tests/support/fake_detector.h"
#include "tests/support/fake_landmarker.h"

namespace nosetip {
namespace {

class DetectedFacesTest : public ::testing::Test {
 protected:
  static Image Picture() {
    Image image;
    image.width_px = 640;
    image.height_px = 480;
    image.rgb.assign(size_t{3} * 640 * 480, 128);
    return image;
  }

  std::shared_ptr<FakeScene> scene_ = std::make_shared<FakeScene>();
  DetectedFaces faces_{std::make_unique<FakeDetector>(scene_),
                       std::make_unique<FakeLandmarker>(scene_)};
};

TEST_F(DetectedFacesTest, TakesTheFaceThatWasMeantAndMeasuresItsBoxes) {
  const RectF left{100.0F, 100.0F, 120.0F, 120.0F};
  const RectF right{400.0F, 150.0F, 100.0F, 100.0F};
  scene_->faces = {{left}, {right}};
  const RectF truth = BoundsOf(FakePoints(right, 68));
  const auto found = faces_.Locate(Picture(), truth);
  ASSERT_TRUE(found.has_value());
  EXPECT_GT(IntersectionOverUnion(BoundsOf(found->points_px), truth), 0.99F);
  const auto rows = faces_.ErrorsOfBoxes();
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows[0].name, "detector");
  EXPECT_EQ(rows[0].errors.boxes, 1);
  EXPECT_EQ(rows[1].name, "landmarks");
  EXPECT_NEAR(rows[1].errors.shift_x_mean, 0.0, 1e-4);
  EXPECT_NEAR(rows[1].errors.zoom_mean, 0.0, 1e-4);
}

TEST_F(DetectedFacesTest, AnotherFaceIsNotTheOneMeant) {
  scene_->faces = {{{100.0F, 100.0F, 120.0F, 120.0F}}};
  EXPECT_FALSE(faces_.Locate(Picture(), {400.0F, 150.0F, 100.0F, 100.0F}).has_value());
  EXPECT_TRUE(faces_.ErrorsOfBoxes().empty());
}

}  // namespace
}  // namespace nosetip

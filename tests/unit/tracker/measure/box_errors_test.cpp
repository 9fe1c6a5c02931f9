#include "tracker/measure/box_errors.h"

#include <cmath>
#include <vector>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// The true box of 100 x 80 px, moved and made larger about its center.
BoxPair Off(float x, float y, float larger) {
  const RectF truth{10.0F, 20.0F, 100.0F, 80.0F};
  const float width = larger * truth.width;
  const float height = larger * truth.height;
  return {
      {truth.Center().x + x - 0.5F * width, truth.Center().y + y - 0.5F * height, width, height},
      truth};
}

TEST(BoxErrorsTest, AreInLongerSidesOfTheTrueBox) {
  const std::vector<BoxPair> pairs = {Off(5.0F, 0.0F, 1.0F), Off(15.0F, -4.0F, 1.0F)};
  const BoxErrors errors = MeasureBoxErrors(pairs);
  EXPECT_EQ(errors.boxes, 2);
  EXPECT_NEAR(errors.shift_x_mean, 0.10, 1e-6);
  EXPECT_NEAR(errors.shift_x_deviation, 0.05, 1e-6);
  EXPECT_NEAR(errors.shift_y_mean, -0.02, 1e-6);
  EXPECT_NEAR(errors.shift_y_deviation, 0.02, 1e-6);
  EXPECT_NEAR(errors.zoom_mean, 0.0, 1e-6);
}

TEST(BoxErrorsTest, ZoomIsALogarithm) {
  const std::vector<BoxPair> pairs = {Off(0.0F, 0.0F, 1.25F), Off(0.0F, 0.0F, 0.8F)};
  const BoxErrors errors = MeasureBoxErrors(pairs);
  EXPECT_NEAR(errors.zoom_mean, 0.0, 1e-6);
  EXPECT_NEAR(errors.zoom_deviation, std::log(1.25), 1e-5);
}

TEST(BoxErrorsTest, SaysNothingOfNothing) {
  EXPECT_EQ(MeasureBoxErrors({}).boxes, 0);
  EXPECT_EQ(BoxErrorsText({}), "");
}

TEST(BoxErrorsTest, ARowForEachKindOfBox) {
  const std::vector<BoxPair> pairs = {Off(5.0F, 0.0F, 1.0F)};
  const std::vector<NamedBoxErrors> rows = {{"detector", MeasureBoxErrors(pairs)},
                                            {"landmarks", {}}};
  const std::string text = BoxErrorsText(rows);
  EXPECT_NE(text.find("detector            1   0.050 +- 0.000"), std::string::npos) << text;
  EXPECT_NE(text.find("landmarks           0"), std::string::npos) << text;
}

}  // namespace
}  // namespace nosetip

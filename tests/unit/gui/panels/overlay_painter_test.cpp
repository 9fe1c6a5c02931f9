#include "gui/panels/overlay_painter.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

TEST(ViewTransformTest, TheFrameFillsTheAreaAndKeepsItsShape) {
  const ViewTransform view = ViewTransform::Fit({100, 50, 800, 800}, {640, 480}, false);
  EXPECT_EQ(view.on_screen, (RectF{100, 150, 800, 600}));
  // Pixel centers are at integers: the frame's corner is half a pixel before the first.
  EXPECT_EQ(view.ToScreen({-0.5F, -0.5F}), (Point2f{100, 150}));
  EXPECT_EQ(view.ToScreen({639.5F, 479.5F}), (Point2f{900, 750}));
}

TEST(ViewTransformTest, AMirrorSwapsLeftAndRight) {
  const ViewTransform view = ViewTransform::Fit({0, 0, 640, 480}, {640, 480}, true);
  EXPECT_EQ(view.ToScreen({-0.5F, 10.0F}).x, 640.0F);
  EXPECT_EQ(view.ToScreen({639.5F, 10.0F}).x, 0.0F);
}

TEST(ColorOfConfidenceTest, WhiteIsSureAndRedIsNot) {
  EXPECT_EQ(ColorOfConfidence(0.9F, 1.0F), IM_COL32(255, 255, 255, 255));
  EXPECT_EQ(ColorOfConfidence(0.5F, 1.0F), IM_COL32(255, 176, 32, 255));
  EXPECT_EQ(ColorOfConfidence(0.0F, 1.0F), IM_COL32(255, 64, 64, 255));
}

}  // namespace
}  // namespace nosetip

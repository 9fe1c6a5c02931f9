#include "gui/teaching/zoom_view.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

void ExpectNear(Point2f a, Point2f b) {
  EXPECT_NEAR(a.x, b.x, 1e-2F);
  EXPECT_NEAR(a.y, b.y, 1e-2F);
}

constexpr RectF kArea{100.0F, 50.0F, 400.0F, 400.0F};

ZoomView View() { return {SizePx{200, 100}, kArea}; }

TEST(ZoomView, ShowsTheWholePictureAtFirst) {
  const ZoomView view = View();
  EXPECT_FLOAT_EQ(view.scale(), 2.0F);
  ExpectNear(view.ToScreen({-0.5F, -0.5F}), {100.0F, 150.0F});
  ExpectNear(view.ToScreen({199.5F, 99.5F}), {500.0F, 350.0F});
}

TEST(ZoomView, ZoomsAboutThePointer) {
  ZoomView view = View();
  const Point2f pointer{300.0F, 250.0F};
  const Point2f before = view.ToPicture(pointer);
  view.ZoomAt(pointer, 8.0F);
  EXPECT_FLOAT_EQ(view.scale(), 16.0F);
  ExpectNear(view.ToPicture(pointer), before);
  ExpectNear(view.ToPicture(view.ToScreen({12.25F, 70.5F})), {12.25F, 70.5F});
}

TEST(ZoomView, StaysBetweenTheWholePictureAndSinglePixels) {
  ZoomView view = View();
  view.ZoomAt({300.0F, 250.0F}, 1000.0F);
  EXPECT_FLOAT_EQ(view.scale(), 32.0F);
  view.ZoomAt({110.0F, 60.0F}, 1e-6F);
  EXPECT_FLOAT_EQ(view.scale(), 2.0F);
  ExpectNear(view.ToScreen({-0.5F, -0.5F}), {100.0F, 150.0F});
  view.ZoomAt({0.0F, 0.0F}, 0.0F);
  EXPECT_FLOAT_EQ(view.scale(), 2.0F);
}

TEST(ZoomView, PansUpToThePicturesEdge) {
  ZoomView view = View();
  view.ZoomAt({300.0F, 250.0F}, 8.0F);
  const Point2f before = view.ToScreen({100.0F, 50.0F});
  view.Pan({30.0F, -20.0F});
  ExpectNear(view.ToScreen({100.0F, 50.0F}), before + Point2f{30.0F, -20.0F});
  view.Pan({1e6F, 1e6F});
  ExpectNear(view.ToScreen({-0.5F, -0.5F}), {100.0F, 50.0F});
}

TEST(ZoomView, KeepsItsMiddleInAnotherArea) {
  ZoomView view = View();
  view.ZoomAt({300.0F, 250.0F}, 8.0F);
  view.Pan({30.0F, -20.0F});
  const Point2f middle = view.ToPicture(kArea.Center());
  const RectF other{0.0F, 0.0F, 300.0F, 500.0F};
  view.SetArea(other);
  ExpectNear(view.ToPicture(other.Center()), middle);
  ZoomView whole = View();
  whole.SetArea(other);
  EXPECT_FLOAT_EQ(whole.scale(), 1.5F);
}

}  // namespace
}  // namespace nosetip

#include "tracker/vision/image_ops.h"

#include <algorithm>
#include <stdexcept>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

constexpr float kQuarterTurn = 1.5707963F;

// A red pixel at the left end of a white line of 21 pixels, which is level.
Image Line() {
  Image image(60, 40);
  for (int x = 20; x <= 40; ++x) std::fill_n(image.At(x, 20), 3, uint8_t{255});
  std::fill_n(image.At(20, 20) + 1, 2, uint8_t{0});
  return image;
}

TEST(CutTurned, MakesLevelWhatFallsToTheRight) {
  const Image level = Line();
  const TurnedView falling = CutTurned(level, {30, 20}, 39, -kQuarterTurn);
  ASSERT_EQ(falling.picture.width_px, 39);
  // Falls from the top to the bottom.
  EXPECT_EQ(falling.picture.At(19, 9)[0], 255);
  EXPECT_EQ(falling.picture.At(19, 9)[1], 0);
  EXPECT_EQ(falling.picture.At(19, 29)[1], 255);
  const TurnedView back = CutTurned(falling.picture, {19, 19}, 39, kQuarterTurn);
  EXPECT_EQ(back.picture.At(9, 19)[0], 255);
  EXPECT_EQ(back.picture.At(9, 19)[1], 0);
  EXPECT_EQ(back.picture.At(29, 19)[1], 255);
}

TEST(CutTurned, SaysWhereItsPixelsLieInTheFrame) {
  const TurnedView view = CutTurned(Line(), {30, 20}, 39, -kQuarterTurn);
  const Point2f red = view.frame_from_view.Apply({19, 9});
  EXPECT_NEAR(red.x, 20.0F, 1e-3F);
  EXPECT_NEAR(red.y, 20.0F, 1e-3F);
}

TEST(CutTurned, ShrinksLargeSquaresAndGoesOnWithTheBorder) {
  Image white(50, 50);
  std::ranges::fill(white.rgb, uint8_t{200});
  const TurnedView view = CutTurned(white, {25, 25}, 4096, 0.3F);
  EXPECT_EQ(view.picture.width_px, 1024);
  EXPECT_NEAR(view.frame_from_view.Scale(), 4.0F, 1e-3F);
  EXPECT_EQ(std::ranges::min(view.picture.rgb), 200);
}

TEST(CutTurned, NeedsAPictureAndASide) {
  EXPECT_THROW(CutTurned(Image(), {0, 0}, 10, 0.5F), std::logic_error);
  EXPECT_THROW(CutTurned(Line(), {0, 0}, 0, 0.5F), std::logic_error);
}

TEST(Thumbnail, FitsIntoItsRoomWithItsProportions) {
  const Image wide = Thumbnail(Image(1920, 1080), {160, 160});
  EXPECT_EQ(wide.width_px, 160);
  EXPECT_EQ(wide.height_px, 90);
  const Image tall = Thumbnail(Image(1080, 1920), {160, 160});
  EXPECT_EQ(tall.width_px, 90);
  EXPECT_EQ(tall.height_px, 160);
  const Image line = Thumbnail(Image(4000, 3), {160, 90});
  EXPECT_EQ(line.width_px, 160);
  EXPECT_EQ(line.height_px, 1);
}

TEST(Thumbnail, IsNeverLargerAndKeepsColors) {
  Image image(4, 2);
  image.At(3, 1)[0] = 200;
  const Image same = Thumbnail(image, {160, 90});
  EXPECT_EQ(same.width_px, 4);
  EXPECT_EQ(same.rgb, image.rgb);
}

}  // namespace

}  // namespace nosetip

#include "tracker/vision/thumbnail.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

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

#include "tracker/vision/contact_sheet.h"

#include <algorithm>

#include <gtest/gtest.h>

namespace nosetip {
namespace {

Image Level(int width, int height, int level) {
  Image image(width, height);
  std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(level));
  return image;
}

TEST(ContactSheet, KeepsABoundedNumberOfFramesOfALongClip) {
  ContactSheet sheet({.columns = 4, .max_frames = 10, .thumbnail_px = 40});
  for (int i = 0; i < 1337; ++i) {
    if (sheet.WantsNext()) {
      sheet.Add(Level(80, 60, i % 256), i, i / 25.0);
    } else {
      sheet.Skip();
    }
    ASSERT_LE(sheet.Count(), 10U);
  }
  EXPECT_GE(sheet.Count(), 5U);
}

// The thumbnails' levels say which frames were kept: frame i has level 10 i.
TEST(ContactSheet, ShowsEvenlySpacedFramesInOrder) {
  ContactSheet sheet({.columns = 6, .max_frames = 6, .thumbnail_px = 60});
  for (int i = 0; i < 24; ++i) sheet.Add(Level(120, 90, 10 * i), i, 0.04 * i);
  ASSERT_EQ(sheet.Count(), 6U);
  const Image picture = sheet.Render();
  const int step = (picture.width_px - 8) / 6;
  for (int cell = 0; cell < 6; ++cell) {
    EXPECT_EQ(picture.At(8 + cell * step + 30, 8 + 20)[0], 40 * cell);
  }
}

TEST(ContactSheet, GrowsByRowsAndWritesLabels) {
  ContactSheet one({.columns = 3, .max_frames = 12, .thumbnail_px = 120});
  ContactSheet four = one;
  one.Add(Level(120, 90, 200), 0, 0.0);
  for (int i = 0; i < 4; ++i) four.Add(Level(120, 90, 200), i, 0.04 * i);
  EXPECT_LT(one.Render().width_px, four.Render().width_px);
  EXPECT_LT(one.Render().height_px, four.Render().height_px);
  // Below the thumbnail, something light stands on the dark ground.
  const Image picture = one.Render();
  int light = 0;
  for (int y = 8 + 90; y < picture.height_px; ++y) {
    for (int x = 0; x < picture.width_px; ++x) light += picture.At(x, y)[0] > 120 ? 1 : 0;
  }
  EXPECT_GT(light, 20);
}

TEST(ContactSheet, TakesPicturesOfDifferentShapes) {
  ContactSheet sheet;
  sheet.Add(Level(640, 480, 100), 0, 0.0);
  sheet.Add(Level(10, 2000, 100), 1, 3723.5);
  sheet.Add(Level(3000, 1, 100), 2, 0.1);
  EXPECT_FALSE(sheet.Render().Empty());
}

TEST(ContactSheet, IsEmptyWithoutFrames) { EXPECT_TRUE(ContactSheet().Render().Empty()); }

}  // namespace
}  // namespace nosetip

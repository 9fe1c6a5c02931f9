#include "tracker/sources/deinterlace.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// Lines of one moment show an edge at `even_x`, those of the other at `odd_x`.
Image TwoMoments(int even_x, int odd_x) {
  Image image(32, 13);
  for (int y = 0; y < image.height_px; ++y) {
    for (int x = y % 2 == 0 ? even_x : odd_x; x < image.width_px; ++x) {
      for (int c = 0; c < 3; ++c) image.At(x, y)[c] = 200;
    }
  }
  return image;
}

TEST(Deinterlace, ShowsTheFirstMomentOnly) {
  Image even = TwoMoments(10, 20);
  Deinterlace(even, false);
  EXPECT_EQ(even.rgb, TwoMoments(10, 10).rgb);
  Image odd = TwoMoments(10, 20);
  Deinterlace(odd, true);
  const Image expected = TwoMoments(20, 20);
  for (int y = 1; y < 12; ++y) EXPECT_EQ(*odd.At(15, y), *expected.At(15, y)) << y;
}

TEST(Deinterlace, LeavesWhatDoesNotMove) {
  Image slope(16, 16);
  for (int y = 0; y < 16; ++y) {
    for (int x = 0; x < 16; ++x) slope.At(x, y)[1] = static_cast<uint8_t>(13 * y + x);
  }
  const Image before = slope;
  Deinterlace(slope, false);
  EXPECT_EQ(slope.rgb, before.rgb);
}

TEST(Deinterlace, LeavesASingleLine) {
  for (const bool odd_first : {false, true}) {
    Image line(4, 1);
    Deinterlace(line, odd_first);
    EXPECT_EQ(line.rgb, Image(4, 1).rgb);
  }
}

}  // namespace
}  // namespace nosetip

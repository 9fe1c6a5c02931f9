#include "tracker/measure/face_copies.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// Black but for a white square.
Image WithSquare(int x, int y, int side) {
  Image image(160, 120);
  for (int row = y; row < y + side; ++row) {
    for (int column = x; column < x + side; ++column) image.At(column, row)[1] = 255;
  }
  return image;
}

TEST(CopiesOfFace, PutsTheFaceIntoTheMiddleOfEachCell) {
  const Image copies = CopiesOfFace(WithSquare(100, 10, 40), {99.5F, 9.5F, 40.0F, 40.0F}, 2);
  ASSERT_EQ(copies.width_px, 160);
  ASSERT_EQ(copies.height_px, 120);
  for (const int x : {40, 120}) {
    for (const int y : {30, 90}) {
      EXPECT_EQ(copies.At(x, y)[1], 255);
      EXPECT_EQ(copies.At(x - 14, y)[1], 255);  // half of 60 px by 1.8 is 16.7
      EXPECT_EQ(copies.At(x - 20, y)[1], 0);
      EXPECT_EQ(copies.At(x, y + 20)[1], 0);
      EXPECT_EQ(copies.At(x, y)[0], 0);
    }
  }
}

TEST(CopiesOfFace, GoesOnWithTheBorderOutsideThePicture) {
  const Image copies = CopiesOfFace(WithSquare(0, 0, 40), {-10.0F, -10.0F, 40.0F, 40.0F}, 1);
  EXPECT_EQ(copies.At(0, 0)[1], 255);
  EXPECT_EQ(copies.At(159, 119)[1], 0);
}

TEST(CopiesOfFace, FillsAGridOfAnotherShapeAndSize) {
  const Image copies = CopiesOfFace(WithSquare(100, 10, 40), {99.5F, 9.5F, 40.0F, 40.0F},
                                    FaceGrid{2, 1, {400, 300}});
  ASSERT_EQ(copies.width_px, 400);
  ASSERT_EQ(copies.height_px, 300);
  for (const int x : {100, 300}) {
    EXPECT_EQ(copies.At(x + 50, 150)[1], 255);  // half of 200 px by 1.8 is 55.6
    EXPECT_EQ(copies.At(x - 62, 150)[1], 0);
    EXPECT_EQ(copies.At(x, 150 - 62)[1], 0);
  }
}

TEST(FilledWith, KeepsThePictureWhereTheSizeIsTheSame) {
  const Image image = WithSquare(100, 10, 40);
  EXPECT_EQ(FilledWith(image, {160, 120}, {0.0F, 0.0F}).rgb, image.rgb);
}

TEST(FilledWith, CutsOffWhatIsFarFromTheMiddle) {
  const Image image = WithSquare(0, 80, 40);  // in the left bottom corner
  const Image low = FilledWith(image, {320, 120}, {20.0F, 100.0F});
  EXPECT_EQ(low.At(4, 115)[1], 255);
  EXPECT_EQ(low.At(160, 115)[1], 0);
  const Image high = FilledWith(image, {320, 120}, {20.0F, 0.0F});
  EXPECT_EQ(high.At(4, 115)[1], 0);
}

}  // namespace
}  // namespace nosetip

#include "tracker/core/crop.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// The gray that a crop makes of a gray value.
float Normalized(float gray) { return gray / 255.0F - 0.5F; }

Image PlainImage(int width, int height, uint8_t gray) {
  Image image(width, height);
  std::fill(image.rgb.begin(), image.rgb.end(), gray);
  return image;
}

void SetGray(Image& image, int x, int y, uint8_t gray) { std::fill_n(image.At(x, y), 3, gray); }

std::vector<float> Cut(const Image& image, const Affine2& crop_from_frame, int size_px) {
  std::vector<float> out(static_cast<size_t>(size_px) * static_cast<size_t>(size_px));
  CutGrayCrop(image, crop_from_frame, size_px, out);
  return out;
}

// The center of what is brighter than black, in pixels.
Point2f BrightCenter(const std::vector<float>& crop, int size_px) {
  double x = 0.0;
  double y = 0.0;
  double sum = 0.0;
  for (size_t i = 0; i < crop.size(); ++i) {
    const double weight = crop[i] + 0.5F;
    x += weight * static_cast<double>(i % static_cast<size_t>(size_px));
    y += weight * static_cast<double>(i / static_cast<size_t>(size_px));
    sum += weight;
  }
  return {static_cast<float>(x / sum), static_cast<float>(y / sum)};
}

TEST(PixelFromUnit, PutsTheSquaresEdgesHalfAPixelOutside) {
  EXPECT_FLOAT_EQ(PixelFromUnit(0.0F, 224), -0.5F);
  EXPECT_FLOAT_EQ(PixelFromUnit(1.0F, 224), 223.5F);
  EXPECT_FLOAT_EQ(UnitFromPixel(PixelFromUnit(0.3F, 224), 224), 0.3F);
}

TEST(CropFromFrame, PutsTheBoxInTheMiddleWithItsMargin) {
  const RectF box{100, 50, 80, 40};
  const Affine2 crop_from_frame = CropFromFrame(box, 1.25F, 200);
  const Point2f middle = crop_from_frame.Apply(box.Center());
  EXPECT_NEAR(middle.x, 99.5F, 1e-4F);
  EXPECT_NEAR(middle.y, 99.5F, 1e-4F);
  // 80 px times 1.25 fill 200 px.
  EXPECT_NEAR(crop_from_frame.Scale(), 2.0F, 1e-5F);
  EXPECT_NEAR(crop_from_frame.Apply({90, 0}).x, -0.5F, 1e-4F);
  EXPECT_NEAR(crop_from_frame.Apply({190, 0}).x, 199.5F, 1e-4F);
}

TEST(CropFromFrame, HoldsTheBoxInAWindowOfTheCropsShape) {
  // 4:3 around a tall box: the height decides.
  const Affine2 tall = CropFromFrame({10, 10, 30, 60}, 1.0F, SizePx{80, 60});
  EXPECT_NEAR(tall.Scale(), 1.0F, 1e-5F);
  EXPECT_NEAR(tall.Apply({10, 10}).y, -0.5F + 0.0F, 1e-3F);
  EXPECT_NEAR(tall.Apply({25, 40}).x, 39.5F, 1e-3F);
  // A picture of the crop's shape fills it.
  const Affine2 whole = CropFromFrame(WholePicture(Image(640, 480)), 1.0F, SizePx{80, 60});
  EXPECT_NEAR(whole.Apply({-0.5F, -0.5F}).x, -0.5F, 1e-4F);
  EXPECT_NEAR(whole.Apply({639.5F, 479.5F}).x, 79.5F, 1e-4F);
  EXPECT_NEAR(whole.Apply({639.5F, 479.5F}).y, 59.5F, 1e-4F);
}

TEST(CropView, IsFoundByItsName) {
  for (const CropView view : {CropView::kFace, CropView::kPicture}) {
    EXPECT_EQ(CropViewByName(NameOf(view)), view);
  }
  EXPECT_THROW(CropViewByName("all"), Error);
}

TEST(CropFromFrame, OfAnEmptyOrEndlessBoxIsAMistake) {
  EXPECT_THROW(CropFromFrame({5, 5, 0, 0}, 1.3F, 64), std::logic_error);
  const float infinity = std::numeric_limits<float>::infinity();
  EXPECT_THROW(CropFromFrame({5, 5, infinity, 3}, 1.3F, 64), std::logic_error);
}

TEST(CutGrayCrop, OfEqualSizeCopiesThePixels) {
  Image image(8, 8);
  for (int y = 0; y < 8; ++y) {
    for (int x = 0; x < 8; ++x) SetGray(image, x, y, static_cast<uint8_t>(30 * x + 5 * y));
  }
  const std::vector<float> crop = Cut(image, Affine2{}, 8);
  for (size_t i = 0; i < crop.size(); ++i) {
    const auto gray = static_cast<float>(30 * (i % 8) + 5 * (i / 8));
    EXPECT_NEAR(crop[i], Normalized(gray), 1e-5F) << i;
  }
}

TEST(CutGrayCrop, WeighsColorsAsTheEyeDoes) {
  Image image(3, 1);
  image.At(0, 0)[0] = image.At(1, 0)[1] = image.At(2, 0)[2] = 255;
  const std::vector<float> crop = Cut(image, Affine2{}, 3);
  EXPECT_NEAR(crop[0], 0.299F - 0.5F, 1e-5F);
  EXPECT_NEAR(crop[1], 0.587F - 0.5F, 1e-5F);
  EXPECT_NEAR(crop[2], 0.114F - 0.5F, 1e-5F);
}

TEST(CutGrayCrop, InterpolatesBetweenPixels) {
  Image image = PlainImage(2, 1, 0);
  SetGray(image, 1, 0, 200);
  // The crop's only pixel lies a quarter of the way.
  const std::vector<float> crop = Cut(image, Affine2::Similarity(1, 0, {-0.25F, 0}), 1);
  EXPECT_NEAR(crop[0], Normalized(50), 1e-4F);
}

TEST(CutGrayCrop, GoesOnWithTheBorderOutsideThePicture) {
  Image image = PlainImage(4, 4, 100);
  SetGray(image, 0, 0, 250);
  const std::vector<float> crop = Cut(image, Affine2::Similarity(1, 0, {10, 10}), 4);
  for (const float v : crop) EXPECT_NEAR(v, Normalized(250), 1e-5F);
}

TEST(CutGrayCrop, LandsWhereTheTransformSays) {
  // A blob in a dark frame, seen by crops of several scales and turns.
  Image image = PlainImage(200, 160, 0);
  const Point2f blob{91.0F, 63.0F};
  for (int y = -3; y <= 3; ++y) {
    for (int x = -3; x <= 3; ++x) {
      SetGray(image, 91 + x, 63 + y, static_cast<uint8_t>(250 - 40 * std::max(abs(x), abs(y))));
    }
  }
  for (const float scale : {0.3F, 0.5F, 1.0F, 1.7F, 3.0F}) {
    for (const float angle : {0.0F, 0.4F, -1.3F}) {
      const Affine2 turn = Affine2::Similarity(scale, angle, {});
      const Point2f wanted{30.3F, 34.6F};
      const Point2f shift = wanted - turn.Apply(blob);
      const Affine2 crop_from_frame = Affine2::Similarity(scale, angle, shift);
      const Point2f seen = BrightCenter(Cut(image, crop_from_frame, 64), 64);
      EXPECT_NEAR(seen.x, wanted.x, 0.15F) << scale << ", " << angle;
      EXPECT_NEAR(seen.y, wanted.y, 0.15F) << scale << ", " << angle;
    }
  }
}

TEST(CutGrayCrop, DoesNotAliasWhereItShrinks) {
  // Stripes a pixel wide, whose true mean is gray.
  Image stripes = PlainImage(512, 512, 0);
  for (int y = 0; y < 512; ++y) {
    for (int x = 0; x < 512; x += 2) SetGray(stripes, x, y, 255);
  }
  for (const float factor : {4.0F, 6.0F, 7.0F, 8.0F}) {
    const Affine2 crop_from_frame = CropFromFrame({50, 50, 56 * factor, 10}, 1.0F, 56);
    const std::vector<float> crop = Cut(stripes, crop_from_frame, 56);
    for (const float v : crop) ASSERT_NEAR(v, 0.0F, 0.13F) << "shrunk by " << factor;
  }
}

TEST(CutGrayCrop, KeepsTheMeanOfWhatItShrinks) {
  Image checks = PlainImage(256, 256, 0);
  for (int y = 0; y < 256; ++y) {
    for (int x = 0; x < 256; ++x) {
      if ((x / 8 + y / 8) % 2 == 0) SetGray(checks, x, y, 200);
    }
  }
  const std::vector<float> crop = Cut(checks, CropFromFrame({0, 0, 255, 255}, 1.0F, 64), 64);
  const float mean = std::accumulate(crop.begin(), crop.end(), 0.0F) / 4096.0F;
  EXPECT_NEAR(mean, Normalized(100), 0.01F);
}

TEST(CutGrayCrop, NeedsAPictureAndRoomForTheCrop) {
  std::vector<float> out(15);
  EXPECT_THROW(CutGrayCrop(PlainImage(4, 4, 0), Affine2{}, 4, out), std::logic_error);
  out.resize(16);
  EXPECT_THROW(CutGrayCrop(Image(), Affine2{}, 4, out), std::logic_error);
}

// Upright crops share work between pixels; they must not come out differently for it.
TEST(CutGrayCrop, IsTheSameUprightAsTurnedByNextToNothing) {
  Image image(90, 70);
  uint32_t noise = 1;
  for (uint8_t& value : image.rgb)
    value = static_cast<uint8_t>((noise = noise * 1664525U + 7U) >> 24U);
  const std::vector<RectF> boxes = {{20, 15, 30, 40}, {-30, 40, 60, 60},  {60, -20, 9, 9},
                                    {0, 0, 90, 70},   {10, 10, 500, 400}, {300, 300, 40, 40}};
  for (const RectF& box : boxes) {
    const Affine2 upright = CropFromFrame(box, 1.3F, 32);
    Affine2 turned = upright;
    turned.m[1] = 1e-20F;
    turned.m[3] = -1e-20F;
    EXPECT_EQ(Cut(image, upright, 32), Cut(image, turned, 32)) << box.x << ' ' << box.y;
  }
}

}  // namespace
}  // namespace nosetip

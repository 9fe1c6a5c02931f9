#include "tracker/core/crop_taps.h"

#include <array>
#include <stdexcept>

#include <gtest/gtest.h>

#include "tracker/core/crop.h"

namespace nosetip {
namespace {

constexpr SizePx kPicturePx{100, 60};
constexpr SizePx kCropPx{16, 8};

struct Written {
  std::vector<int32_t> places;
  std::vector<float> weights;
};

Written Write(const CropTaps& taps, int32_t first_px, int samples) {
  const size_t size = CropTaps::TableSize(kCropPx, samples);
  Written written{std::vector<int32_t>(size, -1), std::vector<float>(size, -1.0F)};
  taps.Write(taps.Window(), first_px, samples, {written.places, written.weights});
  return written;
}

TEST(CropTaps, LookAtNoMoreThanTheCropCovers) {
  const CropTaps inside(kPicturePx, CropFromFrame({20, 10, 32, 16}, 1.0F, kCropPx), kCropPx);
  EXPECT_EQ(inside.samples(), 2);
  EXPECT_EQ(inside.Window(), (PixelWindow{20, 10, 33, 17}));
  const CropTaps outside(kPicturePx, CropFromFrame({-60, -40, 32, 16}, 1.0F, kCropPx), kCropPx);
  EXPECT_EQ(outside.Window(), (PixelWindow{0, 0, 2, 2}));
}

TEST(CropTaps, PointIntoTheirWindowWithWeightsThatAddUpToOne) {
  for (const float side : {4.0F, 30.0F, 90.0F, 500.0F}) {
    for (const float x : {-80.0F, -3.0F, 40.0F, 95.0F}) {
      const CropTaps taps(kPicturePx, CropFromFrame({x, x / 2, side, side}, 1.3F, kCropPx),
                          kCropPx);
      const Written table = Write(taps, 1000, 8);
      const PixelWindow window = taps.Window();
      constexpr size_t kSides = kCropPx.width + kCropPx.height;
      std::array<float, kSides> sums{};
      for (size_t i = 0; i < table.places.size(); ++i) {
        const bool row = i % kSides < kCropPx.height;
        const int32_t at = row ? (table.places[i] - 1000) / window.width : table.places[i];
        ASSERT_GE(at, 0);
        ASSERT_LT(at, row ? window.height : window.width);
        sums[i % kSides] += table.weights[i];
      }
      for (const float sum : sums) ASSERT_NEAR(sum, 1.0F, 1e-5F);
    }
  }
}

TEST(CropTaps, RefuseWhatTheyCannotDescribe) {
  const Affine2 turned = Affine2::Similarity(1.0F, 0.3F, {});
  EXPECT_THROW(CropTaps(kPicturePx, turned, kCropPx), std::logic_error);
  EXPECT_THROW(CropTaps({0, 0}, Affine2{}, kCropPx), std::logic_error);
  const CropTaps taps(kPicturePx, CropFromFrame({0, 0, 90, 50}, 1.0F, kCropPx), kCropPx);
  EXPECT_THROW(Write(taps, 0, taps.samples() - 1), std::logic_error);
}

constexpr SizePx kPackedCropPx{16, 16};

std::vector<CropTaps> CropsOf(std::initializer_list<RectF> boxes) {
  std::vector<CropTaps> crops;
  for (const RectF& box : boxes) {
    crops.emplace_back(kPicturePx, CropFromFrame(box, 1.0F, kPackedCropPx), kPackedCropPx);
  }
  return crops;
}

Image NumberedPicture() {
  Image picture(kPicturePx.width, kPicturePx.height);
  for (int y = 0; y < picture.height_px; ++y) {
    for (int x = 0; x < picture.width_px; ++x) {
      picture.At(x, y)[0] = static_cast<uint8_t>(x);
      picture.At(x, y)[1] = static_cast<uint8_t>(y);
    }
  }
  return picture;
}

TEST(CropPacking, HoldsTheWindowOfEachCropRowByRow) {
  const auto crops = CropsOf({{10, 5, 16, 16}, {60, 30, 20, 20}});
  const CropPacking packing(kPicturePx, crops);
  EXPECT_EQ(packing.pixels(), crops[0].Window().Area() + crops[1].Window().Area());
  std::vector<uint8_t> list(3 * packing.pixels());
  packing.Copy(NumberedPicture(), list);
  for (size_t i = 0; i < crops.size(); ++i) {
    const PixelWindow& window = packing.window(i);
    EXPECT_EQ(window, crops[i].Window());
    for (int y = 0; y < window.height; ++y) {
      for (int x = 0; x < window.width; ++x) {
        const auto at = 3 * static_cast<size_t>(packing.first_px(i) + y * window.width + x);
        ASSERT_EQ(list[at], window.x + x);
        ASSERT_EQ(list[at + 1], window.y + y);
      }
    }
  }
}

TEST(CropPacking, HoldsThePictureOnceWhereThatIsLess) {
  const auto crops = CropsOf({{0, 0, 58, 58}, {10, 2, 50, 50}, {30, 0, 59, 59}});
  const CropPacking packing(kPicturePx, crops);
  EXPECT_EQ(packing.pixels(), kPicturePx.Area());
  for (size_t i = 0; i < crops.size(); ++i) {
    EXPECT_EQ(packing.window(i), (PixelWindow{0, 0, kPicturePx.width, kPicturePx.height}));
    EXPECT_EQ(packing.first_px(i), 0);
  }
  const Image picture = NumberedPicture();
  std::vector<uint8_t> list(3 * packing.pixels());
  packing.Copy(picture, list);
  EXPECT_EQ(list, picture.rgb);
  list.pop_back();
  EXPECT_THROW(packing.Copy(picture, list), std::logic_error);
}

}  // namespace

}  // namespace nosetip

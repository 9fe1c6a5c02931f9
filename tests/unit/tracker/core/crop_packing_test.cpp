#include "tracker/core/crop_packing.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tracker/core/crop.h"

namespace nosetip {
namespace {

constexpr SizePx kPicturePx{100, 60};
constexpr SizePx kCropPx{16, 16};

std::vector<CropTaps> CropsOf(std::initializer_list<RectF> boxes) {
  std::vector<CropTaps> crops;
  for (const RectF& box : boxes) {
    crops.emplace_back(kPicturePx, CropFromFrame(box, 1.0F, kCropPx), kCropPx);
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

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tracker/core/landmark_schema.h"
#include "training/report/face_sheet.h"
#include "training/report/filter_sheet.h"
#include "training/report/landmark_errors.h"
#include "training/report/plot.h"

namespace nosetip {
namespace {

int CountPixels(const Image& image, const auto& is_wanted) {
  int count = 0;
  for (size_t p = 0; p < image.rgb.size(); p += 3) count += is_wanted(&image.rgb[p]) ? 1 : 0;
  return count;
}

bool IsColored(const uint8_t* rgb) {
  return std::max({rgb[0], rgb[1], rgb[2]}) - std::min({rgb[0], rgb[1], rgb[2]}) > 60;
}
bool IsBlueLine(const uint8_t* rgb) { return rgb[0] == 31 && rgb[1] == 100 && rgb[2] == 200; }
bool IsOrange(const uint8_t* rgb) { return rgb[0] == 245 && rgb[1] == 150 && rgb[2] == 20; }

LandmarkErrors RisingErrors(int count) {
  LandmarkErrors errors{{}, "% of a length"};
  for (int i = 0; i < count; ++i) errors.errors.push_back(1.0 + i);
  return errors;
}

// Of 1, 0.01 and 0.0001 the middle one is half way up.
TEST(DrawPlot, LogarithmicAxisSpacesPowersEvenly) {
  Plot plot{"title", "x", "y", {{"falls", {0, 1, 2}, {1.0, 0.01, 0.0001}}}, 0.0, 0.0};
  plot.logarithmic_y = true;
  const Image image = DrawPlot(plot);
  int top = image.height_px;
  int bottom = 0;
  int middle = 0;
  for (int y = 112; y < 510; ++y) {
    for (int x = 91; x < 930; ++x) {
      if (!IsBlueLine(image.At(x, y))) continue;
      top = std::min(top, y);
      bottom = std::max(bottom, y);
      if (std::abs(x - 510) < 2) middle = y;
    }
  }
  EXPECT_GT(bottom - top, 350);
  EXPECT_NEAR(middle, 0.5 * (top + bottom), 4.0);
}

class LandmarkDrawings : public ::testing::TestWithParam<int> {};

TEST_P(LandmarkDrawings, ShowEveryPointWhateverTheirNumber) {
  const LandmarkErrors errors = RisingErrors(GetParam());
  const Image bars = DrawLandmarkBars(errors);
  EXPECT_EQ(bars.width_px, 960);
  EXPECT_GT(CountPixels(bars, IsColored), 1000);
  LandmarkPlaces places{Image(60, 80), {}, {}};
  for (int i = 0; i < GetParam(); ++i) {
    places.points_px.push_back(
        {5.0F + 6.0F * static_cast<float>(i % 9), 5.0F + 8.0F * static_cast<float>(i / 9)});
  }
  const Image map = DrawLandmarkMap(errors, places);
  EXPECT_EQ(map.width_px, 960);
  EXPECT_GT(map.height_px, 960);  // a face that is higher than wide stays so
  const double zoom = 820.0 / 60.0;
  for (const Point2f p : places.points_px) {
    // Left of the middle, where no number stands.
    const uint8_t* pixel =
        map.At(static_cast<int>((p.x + 0.5) * zoom) - 2, 50 + static_cast<int>((p.y + 0.5) * zoom));
    EXPECT_TRUE(IsColored(pixel)) << p.x << ", " << p.y;
  }
}

INSTANTIATE_TEST_SUITE_P(Schemas, LandmarkDrawings, ::testing::Values(1, 58, 68));

TEST(DrawLandmarkBars, DrawsBarsAsHighAsTheErrors) {
  const Image image = DrawLandmarkBars({{1.0, 4.0}, "%"});
  const int orange = CountPixels(image, IsOrange);
  const int colored = CountPixels(image, IsColored);
  EXPECT_NEAR(orange, 0.8 * colored, 0.02 * colored);  // 4 of 5
}

TEST(DrawFilterSheet, DrawsZeroInMiddleGrayAndScalesEachTile) {
  const FloatPlane weak{3, 1, {-0.01F, 0.0F, 0.005F}};
  const FloatPlane strong{3, 1, {0.0F, 8.0F, -4.0F}};
  const std::vector<FloatPlane> planes = {weak, strong};
  const Image image = DrawFilterSheet(planes, {"filters", 2, true, Image()});
  EXPECT_EQ(image.width_px, 960);
  const auto level = [&](int tile, int pixel) {  // tiles are 234 px wide and 6 px apart
    return static_cast<int>(*image.At(3 + 240 * tile + 78 * pixel + 39, 44 + 39));
  };
  EXPECT_EQ(level(0, 0), 0);
  EXPECT_NEAR(level(0, 1), 127, 1);
  EXPECT_NEAR(level(0, 2), 191, 1);
  EXPECT_NEAR(level(1, 0), 127, 1);
  EXPECT_EQ(level(1, 1), 255);
  EXPECT_NEAR(level(1, 2), 64, 1);
}

TEST(DrawFilterSheet, DrawsZeroBlackWhereNothingIsNegativeAndTheInputFirst) {
  Image input(4, 4);
  std::fill(input.rgb.begin(), input.rgb.end(), uint8_t{90});
  const std::vector<FloatPlane> planes = {{2, 2, {0.0F, 1.0F, 1.0F, 1.0F}}};
  const Image image = DrawFilterSheet(planes, {"responses", 4, false, input});
  EXPECT_EQ(*image.At(3 + 50, 44 + 50), 90);
  EXPECT_EQ(*image.At(243 + 50, 44 + 50), 0);
  EXPECT_EQ(*image.At(243 + 150, 44 + 50), 255);
}

TEST(DrawFilterSheet, NumbersPlanesAsAsked) {
  const std::vector<FloatPlane> planes = {{1, 1, {1.0F}}};
  const auto sheet = [&](std::vector<int> numbers) {
    return DrawFilterSheet(planes, {"t", 4, false, Image(), std::move(numbers)}).rgb;
  };
  EXPECT_EQ(sheet({0}), sheet({}));
  EXPECT_NE(sheet({7}), sheet({}));
}

TEST(DrawKernelSheet, HasARowPerFilterScaledToItsLargestWeight) {
  const std::vector<std::vector<FloatPlane>> filters = {{{1, 1, {4.0F}}, {1, 1, {-2.0F}}},
                                                        {{1, 1, {0.0F}}, {1, 1, {0.1F}}}};
  const Image image = DrawKernelSheet(filters, "filters");
  EXPECT_EQ(image.width_px, 960);
  const auto level = [&](int row, int column) {
    return static_cast<int>(*image.At(40 + 46 * column + 20, 64 + 46 * row + 20));
  };
  EXPECT_EQ(level(0, 0), 255);
  EXPECT_NEAR(level(0, 1), 64, 1);
  EXPECT_NEAR(level(1, 0), 127, 1);
  EXPECT_EQ(level(1, 1), 255);
}

TEST(DrawFaceTile, IsAsHighAsItsPictureNeeds) {
  FaceTile tile{Image(40, 20), {{10, 10}}, {{12, 10}}, "", /*whole_picture=*/true};
  EXPECT_EQ(DrawFaceTile(tile, 100).height_px, 50);
  tile.whole_picture = false;
  EXPECT_EQ(DrawFaceTile(tile, 100).height_px, 100);
}

TEST(DrawFaceSheet, ShowsAWholePictureInItsOwnShape) {
  FaceTile tile{Image(40, 20), {{10, 10}}, {}, "", /*whole_picture=*/true};
  std::fill(tile.picture.rgb.begin(), tile.picture.rgb.end(), uint8_t{90});
  const Image image = DrawFaceSheet(std::span(&tile, 1), 1, 200, "title");
  const int gray = CountPixels(
      image, [](const uint8_t* rgb) { return rgb[0] == 90 && rgb[1] == 90 && rgb[2] == 90; });
  EXPECT_NEAR(gray, 200 * 100, 500);  // but for the point's mark
  EXPECT_LT(image.height_px, 200);
}

TEST(DrawPlot, LeavesAGapWhereThereIsNoNumber) {
  const double none = std::nan("");
  Plot plot{"title", "x", "y", {{"flat", {0, 1, 2, 3}, {5, 5, 5, 5}}}, 0.0, 10.0};
  const int whole = CountPixels(DrawPlot(plot), IsBlueLine);
  plot.lines[0].y = {5, 5, none, 5};
  const int broken = CountPixels(DrawPlot(plot), IsBlueLine);
  EXPECT_GT(broken, whole / 4);
  EXPECT_LT(broken, whole / 2);
}

std::vector<EpochStats> ThreeEpochs() {
  std::vector<EpochStats> history(3);
  for (int i = 0; i < 3; ++i) {
    history[static_cast<size_t>(i)] = {.epoch = i + 1,
                                       .train_loss = 3.0 - i,
                                       .validation_loss = 4.0 - i,
                                       .validation_nme = 9.0 - i};
  }
  return history;
}

TEST(DrawValidationErrors, FallsBackOnAnotherMeasureWhereThereIsNoNormalizedError) {
  std::vector<EpochStats> history = ThreeEpochs();
  const Image normalized = DrawValidationErrors(history, 3, {"% of a length", "averaged weights"});
  for (EpochStats& epoch : history) epoch.validation_nme = std::nan("");
  const Image other = DrawValidationErrors(history, 3, {"% of a length", "averaged weights"});
  EXPECT_GT(CountPixels(other, IsBlueLine), 500);
  EXPECT_NE(normalized.rgb, other.rgb);
}

TEST(DrawLosses, DrawsOneEpochToo) {
  const std::vector<EpochStats> history = {ThreeEpochs().front()};
  EXPECT_GT(CountPixels(DrawLosses(history, 1), IsBlueLine), 30);
}

}  // namespace
}  // namespace nosetip

#include "tracker/vision/yunet_decode.h"

#include <cmath>
#include <limits>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace nosetip {
namespace {

using ::testing::IsEmpty;

// One grid of 8 x 4 cells of 8 px, for an input of 64 x 32, with no face in it.
struct Grid {
  std::vector<float> cls = std::vector<float>(32, 0.0F);
  std::vector<float> obj = std::vector<float>(32, 0.0F);
  std::vector<float> bbox = std::vector<float>(128, 0.0F);

  std::vector<FaceBox> Decode(float min_score) const {
    const std::vector<YuNetScale> scales = {{8, cls, obj, bbox}};
    return DecodeYuNet2023(scales, 64, 32, min_score);
  }
};

TEST(DecodeYuNet2023, GivesNothingWhereNoCellHoldsAFace) {
  EXPECT_THAT(Grid().Decode(0.1F), IsEmpty());
}

TEST(DecodeYuNet2023, PlacesABoxByItsCellOffsetAndLogSize) {
  Grid grid;
  const size_t cell = 2 * 8 + 5;  // row 2, column 5
  grid.cls[cell] = 0.64F;
  grid.obj[cell] = 0.49F;
  grid.bbox[4 * cell] = 0.5F;
  grid.bbox[4 * cell + 1] = -0.25F;
  grid.bbox[4 * cell + 2] = std::log(3.0F);
  grid.bbox[4 * cell + 3] = std::log(2.0F);
  const std::vector<FaceBox> boxes = grid.Decode(0.5F);
  ASSERT_EQ(boxes.size(), 1U);
  EXPECT_NEAR(boxes[0].score, 0.56F, 1e-5F);
  EXPECT_NEAR(boxes[0].rect.Center().x, 44.0F, 1e-4F);
  EXPECT_NEAR(boxes[0].rect.Center().y, 14.0F, 1e-4F);
  EXPECT_NEAR(boxes[0].rect.width, 24.0F, 1e-4F);
  EXPECT_NEAR(boxes[0].rect.height, 16.0F, 1e-4F);
  EXPECT_THAT(grid.Decode(0.57F), IsEmpty());
}

TEST(DecodeYuNet2023, ClampsWhatLiesOutsideZeroToOne) {
  Grid grid;
  grid.cls[0] = 1.7F;
  grid.obj[0] = 1.0F;
  grid.cls[1] = -0.5F;
  grid.obj[1] = -0.5F;
  const std::vector<FaceBox> boxes = grid.Decode(0.3F);
  ASSERT_EQ(boxes.size(), 1U);
  EXPECT_FLOAT_EQ(boxes[0].score, 1.0F);
}

TEST(DecodeYuNet2023, LeavesOutWhatIsNoNumber) {
  Grid grid;
  const float nan = std::numeric_limits<float>::quiet_NaN();
  grid.cls[0] = nan;
  grid.obj[0] = 1.0F;
  grid.cls[1] = grid.obj[1] = 1.0F;
  grid.bbox[4] = nan;
  grid.cls[2] = grid.obj[2] = 1.0F;
  grid.bbox[4 * 2 + 2] = 1000.0F;  // a width beyond all numbers
  EXPECT_THAT(grid.Decode(0.3F), IsEmpty());
}

TEST(DecodeYuNet2023, RefusesOutputsOfAnotherSize) {
  Grid grid;
  grid.bbox.pop_back();
  EXPECT_THROW(grid.Decode(0.3F), std::logic_error);
}

// For an input of 64 x 64: 8 * 8 * 3 + 4 * 4 * 2 + 2 * 2 * 2 + 1 * 3 priors.
constexpr size_t kPriors = 235;

TEST(DecodeYuNet2022, PlacesABoxByItsPrior) {
  std::vector<float> loc(14 * kPriors, 0.0F);
  std::vector<float> conf(2 * kPriors, 0.0F);
  std::vector<float> iou(kPriors, 1.0F);
  // Stride 16 begins at 192; row 1, column 2, the second size, 48 px.
  const size_t prior = 192 + (1 * 4 + 2) * 2 + 1;
  conf[2 * prior + 1] = 0.81F;
  loc[14 * prior] = 1.0F;                       // right by 0.1 of the size
  loc[14 * prior + 2] = std::log(2.0F) / 0.2F;  // twice as wide
  const std::vector<FaceBox> boxes = DecodeYuNet2022({loc, conf, iou}, 64, 64, 0.5F);
  ASSERT_EQ(boxes.size(), 1U);
  EXPECT_NEAR(boxes[0].score, 0.9F, 1e-5F);
  EXPECT_NEAR(boxes[0].rect.Center().x, 40.0F + 4.8F, 1e-3F);
  EXPECT_NEAR(boxes[0].rect.Center().y, 24.0F, 1e-3F);
  EXPECT_NEAR(boxes[0].rect.width, 96.0F, 1e-3F);
  EXPECT_NEAR(boxes[0].rect.height, 48.0F, 1e-3F);
}

TEST(DecodeYuNet2022, RefusesOutputsOfAnotherSize) {
  const std::vector<float> loc(14 * kPriors);
  const std::vector<float> conf(2 * kPriors);
  const std::vector<float> iou(kPriors);
  EXPECT_THROW(DecodeYuNet2022({loc, conf, iou}, 128, 64, 0.5F), std::logic_error);
}

TEST(SuppressOverlaps, ComparesNoMoreBoxesThanItsLimit) {
  std::vector<FaceBox> boxes;
  for (int i = 0; i < 90'000; ++i)
    boxes.push_back({{10.0F * static_cast<float>(i), 0, 5, 5}, 1.0F});
  EXPECT_EQ(SuppressOverlaps(boxes, 0.3F).size(), kMaxCandidates);
}

TEST(SuppressOverlaps, KeepsTheBestOfOverlappingBoxesAndAllOthersBestFirst) {
  const std::vector<FaceBox> boxes = {
      {{0, 0, 10, 10}, 0.7F}, {{100, 0, 10, 10}, 0.8F}, {{1, 0, 10, 10}, 0.9F}};
  const std::vector<FaceBox> kept = SuppressOverlaps(boxes, 0.3F);
  ASSERT_EQ(kept.size(), 2U);
  EXPECT_FLOAT_EQ(kept[0].score, 0.9F);
  EXPECT_FLOAT_EQ(kept[1].score, 0.8F);
}

TEST(SuppressOverlaps, KeepsBoxesThatOverlapNoMoreThanAllowed) {
  const std::vector<FaceBox> boxes = {{{0, 0, 10, 10}, 0.7F}, {{5, 0, 10, 10}, 0.8F}};
  EXPECT_EQ(SuppressOverlaps(boxes, 0.34F).size(), 2U);
  EXPECT_EQ(SuppressOverlaps(boxes, 0.33F).size(), 1U);
}

}  // namespace
}  // namespace nosetip

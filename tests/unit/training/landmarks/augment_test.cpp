#include "training/landmarks/augment.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tracker/core/crop.h"
#include "training/landmarks/face_tensors.h"

namespace nosetip {
namespace {

constexpr float kMargin = 1.3F;

ViewSpec ViewOf(int side_px) { return {kMargin, SizePx::Square(side_px)}; }

FaceTensors Tensors(const FacePack& pack) {
  std::vector<size_t> all(pack.FaceCount());
  std::iota(all.begin(), all.end(), 0);
  return TensorsFromPack(pack, all, torch::kCPU);
}

AugmentOptions GeometryOnly() {
  AugmentOptions options;
  options.occlusion = options.blur = options.light = options.noise = 0.0F;
  return options;
}

// Where the brightest spot of a crop is, to a fraction of a pixel.
Point2f BrightestSpot(const torch::Tensor& crop) {
  const int64_t width = crop.size(1);
  const int64_t peak = crop.argmax().item<int64_t>();
  const int64_t px = peak % width;
  const int64_t py = peak / width;
  const auto light = crop.accessor<float, 2>();
  double sum = 0.0;
  double x_sum = 0.0;
  double y_sum = 0.0;
  for (int64_t y = std::max<int64_t>(0, py - 5); y <= std::min(width - 1, py + 5); ++y) {
    for (int64_t x = std::max<int64_t>(0, px - 5); x <= std::min(width - 1, px + 5); ++x) {
      const double weight = std::max(0.0, light[y][x] + 0.5 - 41.0 / 255.0);
      sum += weight;
      x_sum += weight * static_cast<double>(x);
      y_sum += weight * static_cast<double>(y);
    }
  }
  return {static_cast<float>(x_sum / sum), static_cast<float>(y_sum / sum)};
}

// Pictures with a spot at one landmark only: wherever the augmentation moves, turns or mirrors the
// picture to, the target of that landmark (or of its mirror image) must be where the spot is.
void ExpectPointsToMoveWithThePicture(const AugmentOptions& options) {
  constexpr int kSpot = 30;  // on the axis of symmetry: its own mirror image
  const FacePack pack = SyntheticPack(16, 200, {kSpot});
  torch::manual_seed(1);
  for (const int size : {64, 128}) {  // with and without sampling twice as densely
    const Batch batch =
        MakeBatch(Tensors(pack), torch::arange(16), Ibug68(), ViewOf(size), options);
    for (int64_t i = 0; i < 16; ++i) {
      const Point2f spot = BrightestSpot(batch.images[i][0]);
      EXPECT_NEAR(spot.x, PixelFromUnit(batch.targets[i][kSpot][0].item<float>(), size), 0.35F);
      EXPECT_NEAR(spot.y, PixelFromUnit(batch.targets[i][kSpot][1].item<float>(), size), 0.35F);
    }
  }
}

TEST(MakeBatch, MovesPointsWithThePicture) {
  AugmentOptions options = GeometryOnly();
  options.rotation_deg = 30.0F;
  ExpectPointsToMoveWithThePicture(options);
}

TEST(MakeBatch, MovesPointsWithAWarpedPicture) {
  AugmentOptions options = AugmentOptions::None();  // without a shift the spots stay inside
  options.mirror = true;
  options.rotation_deg = 20.0F;
  options.warp = 0.02F;
  ExpectPointsToMoveWithThePicture(options);
}

// Turns, zooms and the like are the same for all points; a warp moves them against each other.
TEST(MakeBatch, WarpsBendTheFace) {
  const FaceTensors faces = Tensors(SyntheticPack(32, 96));
  AugmentOptions options = AugmentOptions::None();
  options.warp = 0.01F;
  torch::manual_seed(3);
  const Batch batch = MakeBatch(faces, torch::arange(32), Ibug68(), ViewOf(64), options);
  const torch::Tensor moves = batch.targets - PlainTargets(faces, ViewOf(64));
  const torch::Tensor bends = moves - moves.mean(1, /*keepdim=*/true);
  EXPECT_GT(bends.std().item<float>(), 0.003F);
  EXPECT_LT(moves.std().item<float>(), 0.02F);
}

TEST(MakeBatch, ExchangesMirrorPairsInMirroredPictures) {
  constexpr int kSpot = 36;
  const int pair = Ibug68().mirror[kSpot];
  const FacePack pack = SyntheticPack(32, 200, {kSpot});
  AugmentOptions options = AugmentOptions::None();
  options.mirror = true;
  torch::manual_seed(2);
  const Batch batch = MakeBatch(Tensors(pack), torch::arange(32), Ibug68(), ViewOf(128), options);
  int plain = 0;
  int mirrored = 0;
  for (int64_t i = 0; i < 32; ++i) {
    const Point2f spot = BrightestSpot(batch.images[i][0]);
    const auto distance = [&](int point) {
      return Distance(spot, {PixelFromUnit(batch.targets[i][point][0].item<float>(), 128),
                             PixelFromUnit(batch.targets[i][point][1].item<float>(), 128)});
    };
    if (distance(kSpot) < 0.5F) ++plain;
    if (distance(pair) < 0.5F) ++mirrored;
  }
  EXPECT_EQ(plain + mirrored, 32);
  EXPECT_GT(plain, 5);
  EXPECT_GT(mirrored, 5);
}

// Labels that lie right of the spots must lie right of them in mirrored pictures too.
TEST(MakeBatch, KeepsTheLabelsOffsetInMirroredPictures) {
  constexpr int kSpot = 30;
  constexpr float kOffsetPx = 6.0F;  // of the pack
  FacePack pack = SyntheticPack(32, 200, {kSpot});
  for (size_t i = 0; i < pack.points_px.size(); i += 2) pack.points_px[i] += kOffsetPx;
  // Boxes twice as large as the pack shows them: a pixel of the pack is two of the picture.
  const float longer = 2.0F * 200.0F / pack.extent;
  for (RectF& box : pack.boxes) box = {0.0F, 0.0F, longer, longer};
  AugmentOptions options = AugmentOptions::None();
  options.mirror = true;
  options.mirror_offset_px = 2.0F * kOffsetPx;
  torch::manual_seed(2);
  const Batch batch = MakeBatch(Tensors(pack), torch::arange(32), Ibug68(), ViewOf(128), options);
  const float in_crop_px = kOffsetPx * 128.0F * pack.extent / (200.0F * kMargin);
  for (int64_t i = 0; i < 32; ++i) {
    const float x = PixelFromUnit(batch.targets[i][kSpot][0].item<float>(), 128);
    EXPECT_NEAR(x - BrightestSpot(batch.images[i][0]).x, in_crop_px, 0.35F);
  }
}

// The trainer's crops and the tracker's are made by different code; the network must not notice.
TEST(MakeBatch, CutsTheSameCropAsTheTracker) {
  const FacePack pack = SyntheticPack(4, 160);
  for (const int size : {64, 100}) {
    const Batch batch =
        MakeBatch(Tensors(pack), torch::arange(4), Ibug68(), ViewOf(size), AugmentOptions::None());
    for (size_t i = 0; i < 4; ++i) {
      Image picture(160, 160);
      for (size_t p = 0; p < picture.rgb.size(); ++p) {
        picture.rgb[p] = pack.pixels[i * 160 * 160 + p / 3];
      }
      // The middle of the pack, of which the box is one extent's part.
      const RectF box{79.5F - 40.0F, 79.5F - 40.0F, 80.0F, 80.0F};
      std::vector<float> crop(static_cast<size_t>(size * size));
      CutGrayCrop(picture, CropFromFrame(box, kMargin, size), size, crop);
      const torch::Tensor tracker = torch::from_blob(crop.data(), {size, size});
      const torch::Tensor difference = (batch.images[static_cast<int64_t>(i)][0] - tracker).abs();
      EXPECT_LT(difference.mean().item<float>(), 0.004F) << size;
    }
  }
}

// Windows of another shape than the box hold it whole, as the tracker's do.
TEST(MakeBatch, CutsTheSameRectangleAsTheTracker) {
  FacePack pack = SyntheticPack(2, 160);
  pack.boxes = {{0.0F, 0.0F, 30.0F, 60.0F}, {0.0F, 0.0F, 60.0F, 20.0F}};  // of sides 40x80, 80x27
  const ViewSpec view{1.1F, {80, 60}};
  const FaceTensors faces = Tensors(pack);
  const Batch batch = MakeBatch(faces, torch::arange(2), Ibug68(), view, AugmentOptions::None());
  EXPECT_TRUE(torch::allclose(batch.targets, PlainTargets(faces, view), 1e-5, 1e-5));
  const std::array<RectF, 2> boxes = {
      {{59.5F, 39.5F, 40.0F, 80.0F}, {39.5F, 79.5F - 40.0F / 3.0F, 80.0F, 80.0F / 3.0F}}};
  for (size_t i = 0; i < 2; ++i) {
    Image picture(160, 160);
    for (size_t p = 0; p < picture.rgb.size(); ++p) {
      picture.rgb[p] = pack.pixels[i * 160 * 160 + p / 3];
    }
    const Affine2 crop_from_pack = CropFromFrame(boxes[i], view.margin, view.input_px);
    std::vector<float> crop(view.input_px.Area());
    CutGrayCrop(picture, crop_from_pack, view.input_px, crop);
    const auto face = static_cast<int64_t>(i);
    const torch::Tensor tracker = torch::from_blob(crop.data(), {60, 80});
    EXPECT_LT((batch.images[face][0] - tracker).abs().mean().item<float>(), 0.006F);
    const Point2f expected =
        crop_from_pack.Apply({pack.points_px[i * 136], pack.points_px[i * 136 + 1]});
    EXPECT_NEAR(PixelFromUnit(batch.targets[face][0][0].item<float>(), 80), expected.x, 0.01F);
    EXPECT_NEAR(PixelFromUnit(batch.targets[face][0][1].item<float>(), 60), expected.y, 0.01F);
  }
}

TEST(MakeBatch, StaysInRangeAndRepeatsWithTheSeed) {
  const FacePack pack = SyntheticPack(8, 96);
  const auto make = [&](uint64_t seed) {
    torch::manual_seed(seed);
    return MakeBatch(Tensors(pack), torch::arange(8), Ibug68(), ViewOf(64), AugmentOptions{});
  };
  const Batch first = make(4);
  EXPECT_TRUE(torch::equal(first.images, make(4).images));
  EXPECT_TRUE(torch::equal(first.targets, make(4).targets));
  EXPECT_FALSE(torch::equal(first.images, make(5).images));
  EXPECT_GE(first.images.min().item<float>(), -0.5F);
  EXPECT_LE(first.images.max().item<float>(), 0.5F);
}

TEST(SmoothWarps, ShiftPlacesByTheirDeviationOnAverage) {
  torch::manual_seed(1);
  const SmoothWarps warps(0.02F, 2000, torch::kFloat32);
  const torch::Tensor shifts = warps.AtPixels({12, 16});
  EXPECT_EQ(shifts.sizes(), (std::vector<int64_t>{2000, 16, 12, 2}));
  EXPECT_NEAR(shifts.select(3, 0).std().item<double>(), 0.02, 0.0005);
  EXPECT_NEAR(shifts.select(3, 1).std().item<double>(), 0.02, 0.0005);
  EXPECT_NEAR(shifts.mean().item<double>(), 0.0, 0.0005);
}

TEST(SmoothWarps, ShiftPixelsAsTheyShiftPlaces) {
  torch::manual_seed(2);
  const SmoothWarps warps(0.02F, 3, torch::kFloat32);
  const torch::Tensor at_pixels = warps.AtPixels({8, 4});
  // The center of the pixel in row 1, column 6.
  const torch::Tensor place = torch::tensor({6.5F / 8.0F, 1.5F / 4.0F}).expand({3, 1, 2});
  const torch::Tensor one = at_pixels.select(1, 1).select(1, 6).unsqueeze(1);
  EXPECT_TRUE(torch::allclose(warps.At(place), one, 1e-4, 1e-6));
}

TEST(SmoothWarps, ShiftNeighborsNearlyAlike) {
  torch::manual_seed(3);
  const torch::Tensor shifts = SmoothWarps(0.02F, 200, torch::kFloat32).AtPixels({64, 64});
  const torch::Tensor steps = shifts.slice(2, 1) - shifts.slice(2, 0, -1);
  EXPECT_LT((64.0 * steps).abs().max().item<double>(), 0.9);  // no place overtakes another
}

TEST(SmoothWarps, OriginsAreShiftedToTheirPlaces) {
  torch::manual_seed(4);
  const SmoothWarps warps(0.02F, 200, torch::kFloat32);
  const torch::Tensor places = 1.2 * torch::rand({200, 68, 2}) - 0.1;
  const torch::Tensor origins = warps.Origins(places);
  EXPECT_LT((origins + warps.At(origins) - places).abs().max().item<double>(), 2e-3);
  EXPECT_GT((origins - places).abs().mean().item<double>(), 0.01);
}

}  // namespace

}  // namespace nosetip

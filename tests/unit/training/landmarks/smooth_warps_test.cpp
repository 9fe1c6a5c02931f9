#include "training/landmarks/smooth_warps.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

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
  // The centre of the pixel in row 1, column 6.
  const torch::Tensor place = torch::tensor({6.5F / 8.0F, 1.5F / 4.0F}).expand({3, 1, 2});
  const torch::Tensor one = at_pixels.select(1, 1).select(1, 6).unsqueeze(1);
  EXPECT_TRUE(torch::allclose(warps.At(place), one, 1e-4, 1e-6));
}

TEST(SmoothWarps, ShiftNeighboursNearlyAlike) {
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

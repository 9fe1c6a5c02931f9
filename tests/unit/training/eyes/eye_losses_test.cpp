#include "training/eyes/eye_losses.h"

#include <gtest/gtest.h>

namespace nosetip {
namespace {

// [1, 6, 2] in units, of an eye whose lids are that far apart.
torch::Tensor Eye(float lids_px) {
  const float half = 0.5F * lids_px;
  return UnitsOf({{{12.0F, 24.0F},
                   {26.0F, 24.0F - half},
                   {38.0F, 24.0F - half},
                   {52.0F, 24.0F},
                   {38.0F, 24.0F + half},
                   {26.0F, 24.0F + half}}})
      .unsqueeze(0);
}

TEST(EyeLoss, IsZeroForTheTruthAndGrowsWithTheError) {
  EXPECT_NEAR(EyeLoss(Eye(10), Eye(10), 1.0).item<double>(), 0.0, 1e-6);
  EXPECT_GT(EyeLoss(Eye(4), Eye(10), 1.0).item<double>(),
            EyeLoss(Eye(8), Eye(10), 1.0).item<double>());
}

TEST(EyeLoss, CountsOpennessBesidePlaces) {
  const torch::Tensor moved = Eye(10) + 1.0F / 64.0F;
  EXPECT_NEAR(EyeLoss(moved, Eye(10), 1.0).item<double>(),
              EyeLoss(moved, Eye(10), 5.0).item<double>(), 1e-4);
  EXPECT_GT(EyeLoss(Eye(4), Eye(10), 5.0).item<double>(),
            2.0 * EyeLoss(Eye(4), Eye(10), 1.0).item<double>());
}

TEST(BatchOf, KeepsPicturesInRangeAndPointsAsTheyAre) {
  torch::manual_seed(1);
  std::vector<EyeView> views(32);
  for (EyeView& view : views) {
    view.pixels.resize(kEyeCropPx.Area());
    for (size_t i = 0; i < view.pixels.size(); ++i) {
      view.pixels[i] = static_cast<float>(i % 100) / 100.0F - 0.5F;
    }
    view.points[2] = {31.5F, 23.5F};
  }
  const EyeBatch batch = BatchOf(views, torch::kCPU);
  EXPECT_EQ(batch.pictures.sizes(), (std::vector<int64_t>{32, 1, 48, 64}));
  EXPECT_LE(batch.pictures.abs().max().item<float>(), 0.5F);
  EXPECT_NEAR(batch.points[7][2][0].item<float>(), 0.5F, 1e-6F);
  // No two are lit alike.
  EXPECT_GT(batch.pictures.mean({1, 2, 3}).std().item<float>(), 0.01F);
}

}  // namespace
}  // namespace nosetip

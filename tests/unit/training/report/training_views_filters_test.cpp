#include <algorithm>

#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/report/training_views.h"

namespace nosetip {
namespace {

Image Filled(int width_px, int height_px, uint8_t level) {
  Image image(width_px, height_px);
  std::fill(image.rgb.begin(), image.rgb.end(), level);
  return image;
}

class FirstLayerViewsTest : public ::testing::Test {
 protected:
  // Filter 0 is 2 in its middle, filter 1 is -3 at its top left corner, the others are zero.
  void SaveKnownFilters() {
    Model model;
    model.network = BuildNetwork(model.meta.network);
    const torch::NoGradGuard no_grad;
    auto* layer = model.network->children().front()->as<torch::nn::Conv2dImpl>();
    layer->weight.zero_();
    layer->weight[0][0][2][2] = 2.0F;
    layer->weight[1][0][0][0] = -3.0F;
    SaveModel(path_, model, /*half=*/false);
  }

  TempFolder folder_;
  const std::filesystem::path path_ = folder_ / "model.safetensors";
};

TEST_F(FirstLayerViewsTest, GiveTheFiltersOfTheFile) {
  SaveKnownFilters();
  const auto views = FirstLayerViews(path_, Filled(40, 24, 255));
  ASSERT_TRUE(views);
  ASSERT_EQ(views->filters.size(), 64U);
  const FloatPlane& first = views->filters[0];
  ASSERT_EQ(first.width_px, 5);
  ASSERT_EQ(first.height_px, 5);
  EXPECT_EQ(first.values[12], 2.0F);
  EXPECT_EQ(first.values[0], 0.0F);
  EXPECT_EQ(views->filters[1].values[0], -3.0F);
}

TEST_F(FirstLayerViewsTest, GiveTheResponsesAfterTheReluForInputsOfAnyShape) {
  SaveKnownFilters();
  const auto bright = FirstLayerViews(path_, Filled(40, 24, 255));
  ASSERT_TRUE(bright);
  EXPECT_TRUE(bright->after_relu);
  ASSERT_EQ(bright->responses.size(), 64U);
  const FloatPlane& first = bright->responses[0];
  EXPECT_EQ(first.width_px, 20);  // the layer's stride is 2
  EXPECT_EQ(first.height_px, 12);
  // White is 0.5; a fresh batch normalization changes nothing worth mentioning.
  for (const float value : first.values) EXPECT_NEAR(value, 1.0F, 1e-3F);
  for (const float value : bright->responses[1].values) EXPECT_EQ(value, 0.0F);
  const auto dark = FirstLayerViews(path_, Filled(40, 24, 0));
  EXPECT_NEAR(dark->responses[1].values[6 * 20 + 10], 1.5F, 1e-3F);
  EXPECT_EQ(dark->responses[0].values[6 * 20 + 10], 0.0F);
}

TEST_F(FirstLayerViewsTest, AreNothingForANetworkOfAnotherKind) {
  Model model;
  model.meta.network = {kFaceDetectorArchitecture, 3, 320, 5};
  model.network = BuildNetwork(model.meta.network);
  SaveModel(path_, model, /*half=*/false);
  EXPECT_FALSE(FirstLayerViews(path_, Filled(40, 24, 0)));
}

TEST_F(FirstLayerViewsTest, NameAFileThatIsNoModel) {
  WriteText(path_, "no model");
  EXPECT_THROW(FirstLayerViews(path_, Filled(40, 24, 0)), Error);
}

}  // namespace
}  // namespace nosetip

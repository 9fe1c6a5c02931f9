#include "training/report/network_views.h"

#include <algorithm>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <torch/torch.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

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

class NetworkViews : public ::testing::TestWithParam<std::string> {
 protected:
  // A new network, which the test may change.
  Model NewModel(SizePx input_px) {
    Model model;
    model.meta.network = {GetParam(), 1, input_px, 68};
    model.network = BuildNetwork(model.meta.network);
    return model;
  }
  std::filesystem::path Saved(const Model& model) {
    SaveModel(folder_ / "model.safetensors", model, /*half=*/false);
    return folder_ / "model.safetensors";
  }
  TempFolder folder_;
};

TEST_P(NetworkViews, CountEveryParameterOnce) {
  const Model model = NewModel(SizePx::Square(64));
  int64_t expected = 0;
  for (const torch::Tensor& weights : model.network->parameters()) expected += weights.numel();
  int64_t counted = 0;
  const std::vector<LayerRow> rows = LayersOf(Saved(model));
  for (const LayerRow& row : rows) counted += row.parameters;
  EXPECT_EQ(counted, expected);
  EXPECT_EQ(rows.front().name, "conv1");
  EXPECT_EQ(rows.front().kind.substr(0, 9), "conv 5×5");
  EXPECT_TRUE(rows.back().output == "68×2" || rows.back().output == "68×3") << rows.back().output;
}

TEST_P(NetworkViews, ShowWhatLaterLayersAnswer) {
  const Model model = NewModel(SizePx::Square(64));
  const std::vector<LaterLayer> layers = LaterLayersOf(Saved(model), Filled(64, 64, 200));
  ASSERT_GE(layers.size(), 2U);
  for (const LaterLayer& layer : layers) {
    EXPECT_EQ(layer.responses.size(), layer.numbers.size()) << layer.name;
    EXPECT_TRUE(std::ranges::is_sorted(layer.numbers)) << layer.name;
    EXPECT_LE(layer.responses.size(), layer.channels) << layer.name;
    for (const FloatPlane& plane : layer.responses) {
      EXPECT_GE(*std::ranges::min_element(plane.values), 0.0F) << layer.name;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Architectures, NetworkViews,
                         ::testing::Values("conv3", "conv5_bn", "resnet18", "resnet18_maps"));

TEST_F(FirstLayerViewsTest, GoOnWithTheFiltersOfEachLaterConvolution) {
  Model model;
  model.meta.network = {"conv3_bn", 1, SizePx::Square(64), 68};
  model.network = BuildNetwork(model.meta.network);
  {
    const torch::NoGradGuard no_grad;
    model.network->named_parameters()["conv2.weight"][3][7][1][2] = 5.0F;
  }
  SaveModel(path_, model, /*half=*/false);
  const std::vector<LaterLayer> layers = LaterLayersOf(path_, Filled(64, 64, 200));
  ASSERT_EQ(layers.size(), 2U);
  EXPECT_EQ(layers[0].name, "conv2");
  EXPECT_EQ(layers[0].after, "convolution, batch normalization and ReLU");
  ASSERT_EQ(layers[0].filters.size(), 16U);
  ASSERT_EQ(layers[0].filters[3].size(), 20U);
  EXPECT_EQ(layers[0].filters[3][7].values[5], 5.0F);
  EXPECT_EQ(layers[0].responses.size(), 16U);
}

// The score maps are weights: they add up to one for each landmark.
TEST_F(FirstLayerViewsTest, ShowWhereScoreMapsLook) {
  Model model;
  model.meta.network = {kScoreMapArchitecture, 1, SizePx::Square(64), 68};
  model.network = BuildNetwork(model.meta.network);
  SaveModel(path_, model, /*half=*/false);
  const std::vector<LaterLayer> layers = LaterLayersOf(path_, Filled(64, 64, 200));
  std::vector<std::string> names;
  for (const LaterLayer& layer : layers) names.push_back(layer.name);
  EXPECT_THAT(names, ::testing::ElementsAre("layer1_1", "layer2_1", "head.stage16.1",
                                            "head.stage32.1", "maps"));
  EXPECT_EQ(layers[2].responses.size(), kShownChannels);
  EXPECT_EQ(layers[2].channels, 256U);
  ASSERT_EQ(layers.back().responses.size(), 68U);
  double sum = 0.0;
  for (const float value : layers.back().responses[30].values) sum += value;
  EXPECT_NEAR(sum, 1.0, 1e-5);
}

}  // namespace
}  // namespace nosetip

#include "tracker/model/networks.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

TEST(ResNet18, HasTheMissionsFirstAndLastLayer) {
  const auto network = BuildNetwork({});
  const auto parameters = network->named_parameters();
  EXPECT_EQ(parameters["conv1.weight"].sizes(), (std::vector<int64_t>{64, 1, 5, 5}));
  EXPECT_EQ(parameters["fc.weight"].sizes(), (std::vector<int64_t>{136, 512}));
}

TEST(ResNet18, HasResNet18sSize) {
  int64_t convolutions = 0;
  int64_t numbers = 0;
  for (const auto& item : BuildNetwork({})->named_parameters()) {
    if (item.value().dim() == 4) ++convolutions;
    numbers += item.value().numel();
  }
  EXPECT_EQ(convolutions, 20);  // 1 + 4 stages of 4, and 3 shortcuts
  // torchvision's 11,689,512 less its 7x7x3 first layer and its 1000 classes, plus ours.
  EXPECT_EQ(numbers, 11689512 - 64 * 3 * 49 - 513 * 1000 + 64 * 25 + 513 * 136);
}

TEST(ResNet18, AnswersWithPointsForAnySize) {
  auto network = BuildNetwork({});
  network->eval();
  for (const int size : {64, 96, 224}) {
    EXPECT_EQ(network->forward(torch::zeros({3, 1, size, size})).sizes(),
              (std::vector<int64_t>{3, 68, 2}));
  }
}

struct SmallNetwork {
  const char* architecture;
  SizePx input_px;
  int points;
  std::vector<int64_t> channels;
};

class SmallNetworks : public ::testing::TestWithParam<SmallNetwork> {};

INSTANTIATE_TEST_SUITE_P(
    All, SmallNetworks,
    ::testing::Values(SmallNetwork{"conv3", {80, 60}, 1, {20, 16, 12}},
                      SmallNetwork{"conv3_bn", {64, 64}, 1, {20, 16, 12}},
                      SmallNetwork{"conv5", {160, 120}, 58, {20, 16, 14, 13, 12}},
                      SmallNetwork{"conv5_bn", {128, 128}, 58, {20, 16, 14, 13, 12}}),
    [](const auto& test) { return std::string(test.param.architecture); });

TEST_P(SmallNetworks, HasTheMissionsLayers) {
  const SmallNetwork& expected = GetParam();
  auto network = BuildNetwork({expected.architecture, 1, expected.input_px, expected.points});
  std::vector<int64_t> channels;
  std::vector<int64_t> connected;
  for (const auto& module : network->modules(false)) {
    if (auto* conv = module->as<torch::nn::Conv2d>()) channels.push_back(conv->weight.size(0));
    if (auto* linear = module->as<torch::nn::Linear>()) connected.push_back(linear->weight.size(0));
  }
  EXPECT_EQ(channels, expected.channels);
  EXPECT_EQ(connected, (std::vector<int64_t>{120, 2 * expected.points}));
  const torch::Tensor pictures =
      torch::zeros({3, 1, expected.input_px.height, expected.input_px.width});
  EXPECT_EQ(network->forward(pictures).sizes(), (std::vector<int64_t>{3, expected.points, 2}));
}

class WeightsToBeRead : public ::testing::TestWithParam<const char*> {};

INSTANTIATE_TEST_SUITE_P(All, WeightsToBeRead,
                         ::testing::Values("resnet18", "resnet18_maps", "resnet18_half_maps"),
                         [](const auto& test) { return std::string(test.param); });

TEST_P(WeightsToBeRead, AreOfTheSameNetwork) {
  const NetworkSpec spec{GetParam(), 1, {96, 64}, 68};
  torch::manual_seed(2);
  auto drawn = BuildNetwork(spec);
  auto read = BuildNetwork(spec, Weights::kToBeRead);
  EXPECT_EQ(c10::str(*read), c10::str(*drawn));
  const auto expected = drawn->named_parameters();
  const auto parameters = read->named_parameters();
  ASSERT_EQ(parameters.keys(), expected.keys());
  const torch::NoGradGuard no_grad;
  for (const auto& item : expected) {
    torch::Tensor weight = parameters[item.key()];
    ASSERT_EQ(weight.sizes(), item.value().sizes()) << item.key();
    EXPECT_TRUE(weight.requires_grad()) << item.key();
    weight.copy_(item.value());
  }
  const torch::Tensor pictures = torch::rand({2, 1, 64, 96}) - 0.5;
  drawn->eval();
  read->eval();
  EXPECT_TRUE(torch::equal(read->forward(pictures), drawn->forward(pictures)));
}

TEST_P(WeightsToBeRead, AreNotDrawn) {
  const NetworkSpec spec{GetParam(), 1, {64, 64}, 68};
  torch::manual_seed(4);
  const auto drawn = BuildNetwork(spec);
  torch::manual_seed(4);
  const auto parameters = BuildNetwork(spec, Weights::kToBeRead)->named_parameters();
  for (const auto& item : drawn->named_parameters()) {
    if (item.value().dim() != 4) continue;
    EXPECT_FALSE(torch::equal(parameters[item.key()], item.value())) << item.key();
  }
}

TEST(BuildNetwork, RefusesAnInputThatIsTooSmallToPool) {
  EXPECT_THROW(BuildNetwork({"conv5", 1, {160, 60}, 58}), Error);
}

TEST(SetOutputBias, MakesAFreshNetworkAnswerNearTheMeanFace) {
  torch::manual_seed(1);
  auto network = BuildNetwork({});
  const torch::Tensor mean = torch::rand({68, 2});
  SetOutputBias(network, mean);
  network->eval();
  const torch::Tensor answer = network->forward(torch::rand({1, 1, 64, 64}) - 0.5)[0];
  EXPECT_LT((answer - mean).abs().mean().item<double>(), 0.1);
}

TEST(BuildNetwork, NamesAnUnknownArchitecture) {
  NetworkSpec spec;
  spec.architecture = "vgg";
  EXPECT_THROW(BuildNetwork(spec), Error);
}

}  // namespace
}  // namespace nosetip

#include "tracker/model/networks.h"

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

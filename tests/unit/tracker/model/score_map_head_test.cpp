#include "tracker/model/score_map_head.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tracker/core/error.h"
#include "tracker/model/networks.h"

namespace nosetip {
namespace {

NetworkSpec Maps(SizePx input_px) { return {kScoreMapArchitecture, 1, input_px, 68}; }

TEST(ResNet18Maps, HasTheMissionsFirstLayerAndIsOfItsSize) {
  int64_t numbers = 0;
  const auto network = BuildNetwork(Maps(SizePx::Square(128)));
  for (const auto& item : network->named_parameters()) numbers += item.value().numel();
  EXPECT_EQ(network->named_parameters()["conv1.weight"].sizes(),
            (std::vector<int64_t>{64, 1, 5, 5}));
  EXPECT_LT(numbers, 14'000'000);
  EXPECT_GT(numbers, 11'000'000);
}

TEST(ResNet18HalfMaps, IsAQuarterOfTheOther) {
  const auto numbers = [](const char* architecture) {
    int64_t sum = 0;
    const auto network = BuildNetwork({architecture, 1, SizePx::Square(128), 68});
    for (const auto& item : network->named_parameters()) sum += item.value().numel();
    return static_cast<double>(sum);
  };
  EXPECT_TRUE(HasScoreMaps(kHalfScoreMapArchitecture));
  EXPECT_NEAR(numbers(kHalfScoreMapArchitecture) / numbers(kScoreMapArchitecture), 0.25, 0.01);
  EXPECT_EQ(BuildNetwork({kHalfScoreMapArchitecture, 1, SizePx::Square(128), 68})
                ->named_parameters()["conv1.weight"]
                .sizes(),
            (std::vector<int64_t>{32, 1, 5, 5}));
}

TEST(ResNet18Maps, AnswersWithThreeNumbersAPointForAnySize) {
  auto network = BuildNetwork(Maps(SizePx::Square(64)));
  network->eval();
  for (const SizePx size : {SizePx{64, 64}, SizePx{96, 128}}) {
    const torch::Tensor answer = network->forward(torch::zeros({2, 1, size.height, size.width}));
    EXPECT_EQ(answer.sizes(), (std::vector<int64_t>{2, 68, 3}));
  }
}

TEST(ResNet18Maps, RefusesAnInputThatDoesNotHalveFiveTimes) {
  EXPECT_THROW(BuildNetwork(Maps({128, 100})), Error);
  EXPECT_THROW(BuildNetwork(Maps({100, 128})), Error);
}

TEST(ResNet18Maps, StartsInTheMiddleExpectingAnErrorOfATwentieth) {
  torch::manual_seed(1);
  auto network = BuildNetwork(Maps(SizePx::Square(64)));
  SetOutputBias(network, torch::rand({68, 2}));  // has no effect
  network->eval();
  const torch::Tensor answer = network->forward(torch::rand({1, 1, 64, 64}) - 0.5)[0];
  EXPECT_LT((answer.narrow(1, 0, 2) - 0.5).abs().mean().item<double>(), 0.15);
  EXPECT_NEAR(std::exp(answer[0][2].item<double>()), 0.05, 1e-5);
}

TEST(ResNet18Maps, ExpectedErrorsCanBeScaled) {
  torch::manual_seed(1);
  auto network = BuildNetwork(Maps(SizePx::Square(64)));
  network->eval();
  const torch::Tensor pictures = torch::rand({1, 1, 64, 64}) - 0.5;
  const torch::NoGradGuard no_grad;
  const torch::Tensor before = network->forward(pictures);
  ScaleExpectedErrors(network, 1.5);
  const torch::Tensor after = network->forward(pictures);
  EXPECT_TRUE(after.narrow(2, 0, 2).equal(before.narrow(2, 0, 2)));
  const torch::Tensor factor = (after.select(2, 2) - before.select(2, 2)).exp();
  EXPECT_LT((factor - 1.5).abs().max().item<double>(), 1e-4);
}

TEST(ResNet18Maps, TakesAllConvolutionsOfAResNet18) {
  const auto plain = BuildNetwork({});
  auto network = BuildNetwork(Maps(SizePx::Square(128)));
  {
    const torch::NoGradGuard no_grad;
    plain->named_buffers()["layer4_1.bn2.running_mean"].fill_(3.0);
  }
  StartFromResNet18(plain, network);
  const auto from = plain->named_parameters();
  const auto to = network->named_parameters();
  EXPECT_TRUE(torch::equal(to["conv1.weight"], from["conv1.weight"]));
  EXPECT_TRUE(torch::equal(to["layer2_1.conv2.weight"], from["layer2_1.conv2.weight"]));
  EXPECT_TRUE(torch::equal(to["head.stage16.0.conv1.weight"], from["layer3_0.conv1.weight"]));
  EXPECT_TRUE(
      torch::equal(to["head.stage32.0.shortcut.0.weight"], from["layer4_0.shortcut.0.weight"]));
  EXPECT_TRUE(torch::equal(to["head.stage32.1.bn2.weight"], from["layer4_1.bn2.weight"]));
  EXPECT_EQ(network->named_buffers()["head.stage32.1.bn2.running_mean"][7].item<double>(), 3.0);
}

// A head whose scores do not depend on the picture: those of `biases`, one a kind of map.
torch::Tensor AnswerOfConstantMaps(const std::vector<double>& biases) {
  ScoreMapHead head(1);
  head->eval();
  const torch::NoGradGuard no_grad;
  head->maps->weight.zero_();
  for (size_t i = 0; i < biases.size(); ++i) head->maps->bias[static_cast<int64_t>(i)] = biases[i];
  return head->forward(torch::rand({1, 128, 8, 16}))[0][0];
}

TEST(ScoreMapHead, AddsOffsetsInCellsAndGivesTheLogErrorAsItIs) {
  const torch::Tensor answer = AnswerOfConstantMaps({2.0, 4.0, -2.0, -3.5});
  EXPECT_NEAR(answer[0].item<double>(), 0.5 + 4.0 / 16.0, 1e-5);
  EXPECT_NEAR(answer[1].item<double>(), 0.5 - 2.0 / 8.0, 1e-5);
  EXPECT_NEAR(answer[2].item<double>(), -3.5, 1e-5);
}

TEST(ScoreMapHead, AShiftOfTheLogErrorMovesNothingElse) {
  torch::manual_seed(4);
  ScoreMapHead head(5);
  head->eval();
  const torch::NoGradGuard no_grad;
  const torch::Tensor features = torch::rand({2, 128, 8, 8});
  const torch::Tensor before = head->forward(features);
  head->AddToLogError(0.25);
  const torch::Tensor moved = head->forward(features) - before;
  EXPECT_EQ(moved.narrow(2, 0, 2).abs().max().item<double>(), 0.0);
  EXPECT_LT((moved.select(2, 2) - 0.25).abs().max().item<double>(), 1e-5);
}

TEST(ScoreMapCells, ReachBeyondTheCropEvenlyAndGoRowByRow) {
  const torch::Tensor cells = ScoreMapCells(4, 8);
  EXPECT_EQ(cells.sizes(), (std::vector<int64_t>{32, 2}));
  EXPECT_LT((cells.mean(0) - 0.5).abs().max().item<double>(), 1e-6);
  EXPECT_LT(cells[0][0].item<double>(), 0.0);
  EXPECT_GT(cells[31][0].item<double>(), 1.0);
  EXPECT_EQ(cells[0][1].item<double>(), cells[7][1].item<double>());
  EXPECT_LT(cells[0][0].item<double>(), cells[1][0].item<double>());
}

}  // namespace
}  // namespace nosetip

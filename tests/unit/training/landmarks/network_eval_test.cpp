#include "training/landmarks/network_eval.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tracker/model/networks.h"

namespace nosetip {
namespace {

TEST(ErrorOverExpected, IsTheFactorThatMakesTheMeansEqual) {
  NetworkAnswers answers;
  answers.truth = torch::rand({5, 4, 2});
  answers.predicted = answers.truth + torch::tensor({0.03, 0.04});  // 0.05 away
  answers.log_error = torch::full({5, 4}, std::log(0.04));
  EXPECT_NEAR(ErrorOverExpected(answers), 1.25, 1e-4);
}

TEST(ErrorOverExpected, IsOneWhereNothingIsExpected) {
  NetworkAnswers answers;
  answers.truth = torch::rand({5, 4, 2});
  answers.predicted = answers.truth + 0.1;
  EXPECT_EQ(ErrorOverExpected(answers), 1.0);
}

TEST(ErrorOverExpected, DoesNotFollowANetworkThatHasLearnedNothing) {
  NetworkAnswers answers;
  answers.truth = torch::zeros({5, 4, 2});
  answers.predicted = torch::ones({5, 4, 2});
  answers.log_error = torch::full({5, 4}, std::log(1e-4));
  EXPECT_EQ(ErrorOverExpected(answers), 5.0);
}

TEST(PutChannelsLast, ChangesTheLayoutAndNoAnswer) {
  torch::manual_seed(1);
  auto network = BuildNetwork({"conv3", 1, SizePx::Square(32), 1});
  network->eval();
  const torch::NoGradGuard no_grad;
  const torch::Tensor pictures = torch::rand({2, 1, 32, 32}) - 0.5;
  const torch::Tensor before = network->forward(pictures);
  PutChannelsLast(*network);
  const torch::Tensor weight = network->named_parameters()["conv2.weight"];
  EXPECT_TRUE(weight.is_contiguous(at::MemoryFormat::ChannelsLast));
  EXPECT_TRUE(torch::allclose(network->forward(pictures), before, 1e-4, 1e-5));
}

}  // namespace
}  // namespace nosetip

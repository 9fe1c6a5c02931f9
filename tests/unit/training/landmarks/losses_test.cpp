#include "training/landmarks/losses.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

double LossOf(const std::string& name, double difference) {
  const torch::Tensor truth = torch::full({1, 2, 2}, 0.4, torch::kFloat64);
  return LandmarkLoss(name, truth + difference, truth).item<double>();
}

TEST(LandmarkLoss, HasTheTextbookValues) {
  EXPECT_NEAR(LossOf("mse", 0.1), 0.01, 1e-9);
  EXPECT_NEAR(LossOf("l1", -0.1), 0.1, 1e-9);
  EXPECT_NEAR(LossOf("smooth_l1", 0.005), 0.5 * 0.005 * 0.005 / 0.01, 1e-9);
  EXPECT_NEAR(LossOf("smooth_l1", 0.1), 0.1 - 0.005, 1e-9);
  EXPECT_NEAR(LossOf("huber", 0.02), 0.5 * 2.0 * 2.0, 1e-9);
  EXPECT_NEAR(LossOf("huber", -0.1), 5.0 * (10.0 - 0.5 * 5.0), 1e-9);
  // Feng et al. 2018, equation 5, with w = 4 and epsilon = 0.4 (in percent of the crop).
  EXPECT_NEAR(LossOf("wing", 0.02), 4.0 * std::log(1.0 + 2.0 / 0.4), 1e-9);
  EXPECT_NEAR(LossOf("wing", -0.1), 10.0 - (4.0 - 4.0 * std::log(1.0 + 4.0 / 0.4)), 1e-9);
}

TEST(LandmarkLoss, OfWingIsContinuousWhereItChangesForm) {
  EXPECT_NEAR(LossOf("wing", 0.04 - 1e-9), LossOf("wing", 0.04 + 1e-9), 1e-6);
}

TEST(LandmarkLoss, IsZeroForTheTruth) {
  for (const char* name : {"mse", "l1", "smooth_l1", "wing", "huber"})
    EXPECT_EQ(LossOf(name, 0.0), 0.0);
}

// Three points at distances 1, 2 and 6 % of the crop that all expect the same error.
double ScaleLossOf(double expected_error) {
  torch::Tensor answer = torch::full({1, 3, 3}, 0.4, torch::kFloat64);
  answer.select(2, 2).fill_(std::log(expected_error));
  torch::Tensor truth = answer.narrow(2, 0, 2).clone();
  truth[0][0][0] += 0.01;
  truth[0][1][1] -= 0.02;
  truth[0][2][0] += 0.06;
  return AnswerLoss("mse", answer, truth).item<double>();
}

TEST(AnswerLoss, OfExpectedErrorsIsLeastAtTheMeanDistance) {
  EXPECT_LT(ScaleLossOf(0.03), ScaleLossOf(0.029));
  EXPECT_LT(ScaleLossOf(0.03), ScaleLossOf(0.031));
}

TEST(AnswerLoss, LeavesThePointsToTheLandmarkLoss) {
  const torch::Tensor truth = torch::full({1, 4, 2}, 0.4, torch::kFloat64);
  torch::Tensor answer = torch::full({1, 4, 3}, 0.41, torch::kFloat64);
  answer.set_requires_grad(true);
  AnswerLoss("mse", answer, truth).backward();
  const torch::Tensor both = answer.grad().narrow(2, 0, 2);
  const torch::Tensor points = answer.detach().narrow(2, 0, 2).clone().set_requires_grad(true);
  EXPECT_EQ(AnswerLoss("mse", points, truth).item<double>(),
            LandmarkLoss("mse", points, truth).item<double>());
  LandmarkLoss("mse", points, truth).backward();
  EXPECT_TRUE(torch::allclose(both, points.grad()));
  EXPECT_GT(answer.grad().select(2, 2).abs().min().item<double>(), 0.0);
}

TEST(AnswerLoss, LeavesExpectedErrorsOutWhereTheyAreNotLearned) {
  const torch::Tensor truth = torch::full({1, 4, 2}, 0.4, torch::kFloat64);
  torch::Tensor answer = torch::full({1, 4, 3}, 0.41, torch::kFloat64);
  answer.set_requires_grad(true);
  AnswerLoss("huber", answer, truth, /*learn_errors=*/false).backward();
  EXPECT_EQ(answer.grad().select(2, 2).abs().max().item<double>(), 0.0);
  EXPECT_GT(answer.grad().narrow(2, 0, 2).abs().min().item<double>(), 0.0);
}

TEST(LandmarkLoss, NamesAnUnknownOne) { EXPECT_THROW(LossOf("wings", 0.0), Error); }

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

}  // namespace
}  // namespace nosetip

#include "training/network_eval.h"

#include <cmath>

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace nosetip

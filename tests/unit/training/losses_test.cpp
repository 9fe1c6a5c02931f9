#include "training/losses.h"

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
  // Feng et al. 2018, equation 5, with w = 4 and epsilon = 0.4 (in percent of the crop).
  EXPECT_NEAR(LossOf("wing", 0.02), 4.0 * std::log(1.0 + 2.0 / 0.4), 1e-9);
  EXPECT_NEAR(LossOf("wing", -0.1), 10.0 - (4.0 - 4.0 * std::log(1.0 + 4.0 / 0.4)), 1e-9);
}

TEST(LandmarkLoss, OfWingIsContinuousWhereItChangesForm) {
  EXPECT_NEAR(LossOf("wing", 0.04 - 1e-9), LossOf("wing", 0.04 + 1e-9), 1e-6);
}

TEST(LandmarkLoss, IsZeroForTheTruth) {
  for (const char* name : {"mse", "l1", "smooth_l1", "wing"}) EXPECT_EQ(LossOf(name, 0.0), 0.0);
}

TEST(LandmarkLoss, NamesAnUnknownOne) { EXPECT_THROW(LossOf("wings", 0.0), Error); }

}  // namespace
}  // namespace nosetip

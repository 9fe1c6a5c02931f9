#include "training/parallel_step.h"

#include <stdexcept>

#include <gtest/gtest.h>

#include "tracker/model/networks.h"
#include "training/optimizer.h"

namespace nosetip {
namespace {

constexpr int64_t kFaces = 6;

class ParallelStepTest : public ::testing::Test {
 protected:
  static torch::nn::Sequential Build(const char* architecture) {
    return BuildNetwork({architecture, 1, SizePx::Square(32), 4});
  }

  // Gradients of the weights, one after the other, of one step of a network that is always the
  // same.
  torch::Tensor GradientsIn(int64_t parts, const char* architecture) {
    torch::manual_seed(5);
    network_ = Build(architecture);
    ParallelStep step(
        network_, [&] { return Build(architecture); }, parts, 2);
    step.ForEach([](torch::nn::Module& part) { part.train(); });
    loss_ = step.Gradients(kFaces, [&](torch::nn::Sequential& network, const PartOfBatch& part) {
      return (network->forward(part.Of(pictures_)) - part.Of(truth_)).square().mean();
    });
    std::vector<torch::Tensor> all;
    for (const torch::Tensor& weight : network_->parameters()) {
      all.push_back(weight.grad().flatten());
    }
    return torch::cat(all);
  }

  torch::Tensor pictures_ = torch::rand({kFaces, 1, 32, 32}) - 0.5;
  torch::Tensor truth_ = torch::rand({kFaces, 4, 2});
  torch::nn::Sequential network_{nullptr};
  double loss_ = 0.0;
};

TEST_F(ParallelStepTest, PartsAddUpToTheWholeWhereFacesDoNotMeet) {
  const torch::Tensor whole = GradientsIn(1, "conv3");
  const double loss = loss_;
  EXPECT_GT(whole.abs().max().item<double>(), 1e-3);
  for (const int64_t parts : {2, 4}) {  // four parts of six faces are not of one size
    const torch::Tensor sum = GradientsIn(parts, "conv3");
    EXPECT_LT((sum - whole).abs().max().item<double>(), 1e-6) << parts;
    EXPECT_NEAR(loss_, loss, 1e-6);
  }
}

TEST_F(ParallelStepTest, AnswersTheSameEachTime) {
  const torch::Tensor first = GradientsIn(3, "conv3_bn");
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(GradientsIn(3, "conv3_bn").equal(first));
}

TEST_F(ParallelStepTest, StatisticsAreTheMeanOfThoseOfTheParts) {
  GradientsIn(2, "conv3_bn");
  torch::Tensor expected = torch::zeros({20});
  torch::manual_seed(5);
  auto network = Build("conv3_bn");
  const torch::NoGradGuard no_grad;
  for (const int64_t part : {0, 1}) {
    const torch::Tensor answer =
        network->ptr(0)->as<torch::nn::Conv2d>()->forward(PartOfBatch{part, 2}.Of(pictures_));
    expected += 0.5 * 0.1 * answer.mean({0, 2, 3});  // the normalisation's own momentum
  }
  const torch::Tensor found = network_->ptr(1)->as<torch::nn::BatchNorm2d>()->running_mean;
  EXPECT_LT((found - expected).abs().max().item<double>(), 1e-6);
}

TEST_F(ParallelStepTest, PartsSeeTheWeightsThatAnOptimizerChanges) {
  torch::manual_seed(5);
  network_ = Build("conv3");
  ParallelStep step(
      network_, [] { return Build("conv3"); }, 2, 2);
  const auto optimizer = MakeOptimizer(*network_, 1e-2, 0.0);
  const auto loss_of = [&](torch::nn::Sequential& network, const PartOfBatch& part) {
    return (network->forward(part.Of(pictures_)) - part.Of(truth_)).square().mean();
  };
  const double before = step.Gradients(kFaces, loss_of);
  for (int i = 0; i < 20; ++i) {
    optimizer->step();
    step.Gradients(kFaces, loss_of);
  }
  const torch::NoGradGuard no_grad;
  const double after = (network_->forward(pictures_) - truth_).square().mean().item<double>();
  EXPECT_LT(after, 0.8 * before);
}

TEST_F(ParallelStepTest, FrozenStatisticsStay) {
  network_ = Build("conv3_bn");
  ParallelStep step(
      network_, [] { return Build("conv3_bn"); }, 2, 2);
  step.ForEach([](torch::nn::Module& part) {
    part.train();
    FreezeNormalisation(part);
  });
  step.Gradients(kFaces, [&](torch::nn::Sequential& network, const PartOfBatch& part) {
    return network->forward(part.Of(pictures_)).mean();
  });
  const auto* norm = network_->ptr(1)->as<torch::nn::BatchNorm2d>();
  EXPECT_EQ(norm->running_mean.abs().max().item<double>(), 0.0);
  EXPECT_FALSE(norm->weight.grad().defined());
}

TEST_F(ParallelStepTest, PassesOnWhatFailsInAnyPart) {
  network_ = Build("conv3");
  ParallelStep step(
      network_, [] { return Build("conv3"); }, 2, 2);
  const auto fail = [&](torch::nn::Sequential& network, const PartOfBatch& part) {
    if (part.part == 1) throw std::runtime_error("the second");
    return network->forward(part.Of(pictures_)).mean();
  };
  EXPECT_THROW(step.Gradients(kFaces, fail), std::runtime_error);
}

TEST(PartsOfBatch, AreNotTooSmallAndNotMoreThanThreads) {
  EXPECT_EQ(PartsOfBatch(32, 1), 1);
  EXPECT_EQ(PartsOfBatch(32, 2), 2);
  EXPECT_EQ(PartsOfBatch(32, 16), 2);
  EXPECT_EQ(PartsOfBatch(31, 16), 1);
  EXPECT_EQ(PartsOfBatch(8, 16), 1);
  EXPECT_EQ(PartsOfBatch(256, 8), 8);
}

}  // namespace
}  // namespace nosetip

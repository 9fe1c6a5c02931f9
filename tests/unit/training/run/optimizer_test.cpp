#include "training/run/optimizer.h"

#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/model/checkpoint.h"
#include "training/landmarks/recipes.h"
#include "training/landmarks/settled_options.h"
#include "training/landmarks/trainer.h"

namespace nosetip {
namespace {

namespace nn = torch::nn;

nn::Sequential SmallNetwork() {
  torch::manual_seed(1);
  nn::Sequential network = BuildNetwork({"conv3_bn", 1, SizePx::Square(32), 68});
  return network;
}

double LargestDifference(const nn::Module& a, const nn::Module& b) {
  double largest = 0.0;
  const auto of_b = b.named_parameters();
  for (const auto& item : a.named_parameters()) {
    largest = std::max(largest, (item.value() - of_b[item.key()]).abs().max().item<double>());
  }
  return largest;
}

// Of a batch normalization: statistics, factors and offsets.
std::vector<torch::Tensor> NormOf(const nn::Module& network) {
  std::vector<torch::Tensor> all;
  for (const auto& module : network.modules(false)) {
    const auto* norm = module->as<nn::BatchNorm2d>();
    if (norm == nullptr) continue;
    all.insert(all.end(), {norm->running_mean, norm->running_var, norm->weight, norm->bias});
  }
  return all;
}

TEST(FreezeNormalization, KeepsItThroughTrainingSteps) {
  nn::Sequential network = SmallNetwork();
  nn::Sequential before = SmallNetwork();
  network->train();
  FreezeNormalization(*network);
  const auto optimizer = MakeOptimizer(*network, 0.1, 0.01);
  for (int step = 0; step < 3; ++step) {
    optimizer->zero_grad();
    network->forward(torch::rand({4, 1, 32, 32})).square().mean().backward();
    optimizer->step();
  }
  const auto norm = NormOf(*network);
  const auto norm_before = NormOf(*before);
  ASSERT_EQ(norm.size(), 12U);
  for (size_t i = 0; i < norm.size(); ++i) EXPECT_TRUE(norm[i].equal(norm_before[i])) << i;
  EXPECT_GT(LargestDifference(*network, *before), 0.1);  // the convolutions learn
}

TEST(RenewStatistics, GivesThoseOfTheBatchesAndLeavesTheMomentum) {
  nn::Sequential network{nn::BatchNorm2d(1)};
  auto* norm = network[0]->as<nn::BatchNorm2d>();
  const std::vector<torch::Tensor> batches = {torch::full({4, 1, 2, 2}, 3.0),
                                              torch::full({4, 1, 2, 2}, 5.0)};
  network->train();
  network->forward(batches[0]);
  EXPECT_LT(norm->running_mean.item<double>(), 1.0);  // still near its start
  EXPECT_TRUE(LearnsStatistics(*network));
  RenewStatistics(*network, 2,
                  [&](int64_t i) { network->forward(batches[static_cast<size_t>(i)]); });
  EXPECT_NEAR(norm->running_mean.item<double>(), 4.0, 1e-5);
  EXPECT_NEAR(norm->running_var.item<double>(), 0.0, 1e-5);
  EXPECT_DOUBLE_EQ(norm->options.momentum().value(), 0.1);
  EXPECT_FALSE(norm->is_training());
  FreezeNormalization(*network);
  EXPECT_FALSE(LearnsStatistics(*network));
}

TEST(PullBack, GoesTheShareOfTheWayButLeavesWhatIsFrozen) {
  nn::Sequential start = SmallNetwork();
  nn::Sequential network = SmallNetwork();
  FreezeNormalization(*network);
  {
    const torch::NoGradGuard no_grad;
    for (torch::Tensor& parameter : network->parameters()) parameter.add_(1.0);
  }
  PullBack(*network, *start, 0.25);
  const auto from = start->named_parameters();
  for (const auto& item : network->named_parameters()) {
    const bool frozen = !item.value().requires_grad();
    EXPECT_TRUE(torch::allclose(item.value() - from[item.key()],
                                torch::full_like(item.value(), frozen ? 1.0 : 0.75), 1e-4, 1e-5))
        << item.key();
  }
  PullBack(*network, *start, 1.0);
  EXPECT_EQ(network->named_parameters()["conv1.weight"].equal(from["conv1.weight"]), true);
}

TEST(RandomOrder, ShowsEachFaceBeforeAnyAgain) {
  const torch::Tensor order = RandomOrder({5, 0}, 3, 4);
  ASSERT_EQ(order.numel(), 12);
  for (int64_t first : {0, 5}) {
    const torch::Tensor round = std::get<0>(order.slice(0, first, first + 5).sort());
    EXPECT_TRUE(round.equal(torch::arange(5)));
  }
}

TEST(RandomOrder, GivesOthersHalfOfEachBatch) {
  const torch::Tensor order = RandomOrder({3, 100}, 6, 5).view({6, 5});
  for (int64_t step = 0; step < 6; ++step) {
    EXPECT_EQ((order[step] < 3).sum().item<int64_t>(), 3);
  }
  EXPECT_LT(order.max().item<int64_t>(), 103);
  EXPECT_EQ(std::get<0>(at::_unique(order)).numel(), 3 + 12);  // no other twice
}

TEST(MakeOptimizer, StepsLessWhereGradientsAreFarBelowItsEpsilon) {
  const auto moved = [](double epsilon) {
    nn::Sequential network = SmallNetwork();
    const nn::Sequential before = SmallNetwork();
    const auto optimizer = MakeOptimizer(*network, 0.01, 0.0, epsilon);
    (1e-3 * network->forward(torch::ones({1, 1, 32, 32})).sum()).backward();
    optimizer->step();
    return LargestDifference(*network, *before);
  };
  EXPECT_NEAR(moved(1e-8), 0.01, 0.001);
  EXPECT_LT(moved(1.0), 0.001);
}

class FineTuned : public ::testing::Test {
 protected:
  FineTuned() {
    torch::manual_seed(3);
    const NetworkSpec spec{"resnet18", 1, SizePx::Square(32), 68};
    Model model;
    model.meta.network = spec;
    model.network = BuildNetwork(spec);
    SaveModel(folder_ / "start.safetensors", model, /*half=*/false);
  }

  Model Tuned(const std::string& name, double pull) {
    const Recipe recipe = RecipeOf("face68", "fine-tune");
    TrainJob job;
    job.packs = {SyntheticPack(3, 64)};
    job.options = recipe.train;
    job.options.init = (folder_ / "start.safetensors").string();
    job.options.epochs = 1;
    job.options.steps = 6;
    job.options.batch = 4;
    job.options.learning_rate = 1e-3;
    job.options.epsilon = 1e-8;
    job.options.average = 0.0;
    job.options.pull = pull;
    job.options.device = "cpu";
    job.options.threads = 1;
    job.options.half = false;
    job.options = WithHoldOutFor(WithShapeOfInit(job.options), job.packs);
    job.augment = recipe.augment;
    job.out = folder_ / name;
    return LoadModel(RunTraining(job, {}, {}).model);
  }

  TempFolder folder_;
};

TEST_F(FineTuned, StaysNearTheWeightsItStartedFrom) {
  const Model start = LoadModel(folder_ / "start.safetensors");
  const double free = LargestDifference(*Tuned("free", 0.0).network, *start.network);
  const double pulled = LargestDifference(*Tuned("pulled", 900.0).network, *start.network);
  EXPECT_GT(pulled, 0.0);
  EXPECT_LT(pulled, 1.0 / 900.0);
  EXPECT_GT(free, 2.0 * pulled);
}

TEST_F(FineTuned, HasTheNormalizationItStartedFrom) {
  const Model start = LoadModel(folder_ / "start.safetensors");
  const Model tuned = Tuned("run", 0.0);
  const auto before = NormOf(*start.network);
  const auto after = NormOf(*tuned.network);
  ASSERT_FALSE(before.empty());
  for (size_t i = 0; i < before.size(); ++i) {
    EXPECT_TRUE(torch::allclose(before[i], after[i], 0.0, 1e-6)) << i;
  }
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

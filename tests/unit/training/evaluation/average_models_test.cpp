#include "training/evaluation/average_models.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/model_lookup.h"
#include "training/data/trained_groups.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

class AverageModelsTest : public ::testing::Test {
 protected:
  // A model all of whose weights have this value.
  std::string Constant(const std::string& name, float value,
                       const std::string& architecture = kHalfScoreMapArchitecture) {
    Model model;
    model.meta.network = {architecture, 1, SizePx::Square(32), 68};
    if (HasScoreMaps(architecture)) model.meta.ranges.assign(kScoreMapRanges, {-value, value});
    model.meta.about = {{"validation_nme", 3.0}};
    model.network = BuildNetwork(model.meta.network);
    const torch::NoGradGuard no_grad;
    for (torch::Tensor& weight : model.network->parameters()) weight.fill_(value);
    for (torch::Tensor& statistic : model.network->buffers()) {
      if (statistic.is_floating_point()) statistic.fill_(value);
    }
    SaveModel(folder_ / name, model, /*half=*/true);
    return folder_ / name;
  }

  static void ExpectAll(const std::vector<torch::Tensor>& tensors, float value) {
    for (const torch::Tensor& tensor : tensors) {
      if (!tensor.is_floating_point()) continue;
      EXPECT_TRUE(torch::allclose(tensor, torch::full_like(tensor, value), 1e-3));
    }
  }

  TempFolder folder_;
};

TEST_F(AverageModelsTest, IsTheMeanOfAllWeightsAndStatistics) {
  const std::vector<std::string> models = {Constant("a.safetensors", 1.0F),
                                           Constant("b.safetensors", 2.0F),
                                           Constant("c.safetensors", 6.0F)};
  AverageModels(models, folder_ / "mean.safetensors");
  const Model mean = LoadModel(folder_ / "mean.safetensors");
  ExpectAll(mean.network->parameters(), 3.0F);
  ExpectAll(mean.network->buffers(), 3.0F);
  ASSERT_EQ(mean.meta.ranges.size(), kScoreMapRanges);
  EXPECT_EQ(mean.meta.ranges[0].low, -6.0F);
  EXPECT_EQ(mean.meta.ranges[0].high, 6.0F);
  EXPECT_FALSE(mean.meta.about.contains("validation_nme"));
}

TEST_F(AverageModelsTest, KnowsTheGroupsOfAll) {
  const auto trained_on = [&](const std::string& path, const std::string& group) {
    TrainedGroups groups;
    groups.Add(group);
    Model model = LoadModel(path);
    model.meta.about[kTrainedGroups] = groups.Text();
    SaveModel(path, model, /*half=*/true);
  };
  const std::vector<std::string> models = {Constant("a.safetensors", 1.0F),
                                           Constant("b.safetensors", 2.0F)};
  trained_on(models[0], "33");
  trained_on(models[1], "34");
  AverageModels(models, folder_ / "mean.safetensors");
  const TrainedGroups groups(ReadModelInfo(folder_ / "mean.safetensors").trained_groups);
  EXPECT_TRUE(groups.Has("33"));
  EXPECT_TRUE(groups.Has("34"));
  EXPECT_TRUE(groups.AreAll());
}

TEST_F(AverageModelsTest, NamesAModelOfAnotherKind) {
  const std::vector<std::string> models = {Constant("a.safetensors", 1.0F),
                                           Constant("b.safetensors", 2.0F, "conv3")};
  const std::string message =
      MessageOf([&] { AverageModels(models, folder_ / "mean.safetensors"); });
  EXPECT_THAT(message, HasSubstr("b.safetensors differs from"));
  EXPECT_THAT(message, HasSubstr("resnet18_half_maps, 1 channels, 32x32 px"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "mean.safetensors"));
}

TEST_F(AverageModelsTest, NamesAFileThatIsNoModel) {
  const std::vector<std::string> models = {folder_ / "none.safetensors"};
  EXPECT_THAT(MessageOf([&] { AverageModels(models, folder_ / "mean.safetensors"); }),
              HasSubstr("none.safetensors"));
}

}  // namespace
}  // namespace nosetip

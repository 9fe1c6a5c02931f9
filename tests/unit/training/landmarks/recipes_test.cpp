#include "training/landmarks/recipes.h"

#include <gtest/gtest.h>

#include "tracker/core/error.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {
namespace {

// The mission's trainings: Adam and MSE on gray inputs of these sizes.
TEST(Recipes, OriginalsAreAsTheyWereSet) {
  const auto input = [](const char* task) {
    return RecipeOf(task, "original").train.View().input_px;
  };
  EXPECT_EQ(input("nose"), (SizePx{80, 60}));
  EXPECT_EQ(input("face58"), (SizePx{160, 120}));
  EXPECT_EQ(input("face68"), (SizePx{224, 224}));
  EXPECT_EQ(RecipeOf("nose", "original").train.architecture, "conv3");
  EXPECT_EQ(RecipeOf("face58", "original").train.architecture, "conv5");
  EXPECT_EQ(RecipeOf("face68", "original").train.architecture, "resnet18");
  for (const LandmarkTask& task : kLandmarkTasks) {
    const TrainOptions options = RecipeOf(task.name, "original").train;
    EXPECT_EQ(options.loss, "mse");
    EXPECT_EQ(options.weight_decay, 0.0);  // AdamW without it is Adam
    EXPECT_EQ(options.average, 0.0);
    EXPECT_EQ(options.schedule, "constant");
  }
}

TEST(Recipes, AllAreWithinTheirRanges) {
  for (const LandmarkTask& task : kLandmarkTasks) {
    EXPECT_NO_THROW(SchemaByName(task.schema));
    for (const std::string& name : RecipeNames()) {
      const Recipe recipe = RecipeOf(task.name, name);
      EXPECT_NO_THROW(Validate(recipe.train));
      EXPECT_NO_THROW(Validate(recipe.augment));
    }
  }
}

// What keeps a few faces from ruining the others.
TEST(Recipes, FineTuningIsCareful) {
  for (const LandmarkTask& task : kLandmarkTasks) {
    const Recipe recipe = RecipeOf(task.name, "fine-tune");
    EXPECT_TRUE(recipe.train.like_init);
    EXPECT_TRUE(recipe.train.freeze_norm);
    EXPECT_GT(recipe.train.pull, 0.0);
    EXPECT_FALSE(recipe.train.learn_errors);
    EXPECT_FALSE(recipe.augment.mirror);
  }
}

TEST(Recipes, NameWhatTheyDoNotKnow) {
  EXPECT_THROW(RecipeOf("nose", "worst"), Error);
  EXPECT_THROW(RecipeOf("chin", "best"), Error);
  EXPECT_THROW(RecipeOf("chin", "fine-tune"), Error);
}

}  // namespace
}  // namespace nosetip

#include "gui/models/model_choice.h"

#include <gtest/gtest.h>

#include "tests/support/test_files.h"

namespace nosetip {
namespace {

ModelComparison Compared(double gain) {
  ModelComparison comparison;
  comparison.old_model = MeasuredModel{};
  comparison.faces.resize(10);
  comparison.gain = gain;
  comparison.gain_standard_error = 0.1;
  return comparison;
}

TEST(SuggestedFate, NeverOffersAWorseModelForUse) {
  EXPECT_EQ(SuggestedFate(Compared(1.0)), TrainedModelFate::kUse);
  EXPECT_EQ(SuggestedFate(Compared(0.1)), TrainedModelFate::kKeepBoth);
  EXPECT_EQ(SuggestedFate(Compared(-0.1)), TrainedModelFate::kKeepBoth);
  EXPECT_EQ(SuggestedFate(Compared(-1.0)), TrainedModelFate::kDiscard);
  EXPECT_EQ(SuggestedFate({}), TrainedModelFate::kKeepBoth);
}

TEST(ModelChoice, GoesBackStepByStep) {
  const TempFolder folder;
  ModelChoice choice;
  for (const char* name : {"a", "b", "c"}) {
    WriteText(folder / name, "");
    choice = WithModel(choice, folder / name);
  }
  choice = WithModel(choice, folder / "c");  // no step
  EXPECT_TRUE(CanGoBack(choice));
  choice = WithModelBefore(choice);
  EXPECT_EQ(choice.in_use, folder / "b");
  choice = WithModelBefore(choice);
  EXPECT_EQ(choice.in_use, folder / "a");
  EXPECT_FALSE(CanGoBack(choice));
  EXPECT_EQ(WithModelBefore(choice).in_use, folder / "a");
}

TEST(ModelChoice, PassesOverModelsThatAreNoMore) {
  const TempFolder folder;
  WriteText(folder / "a", "");
  ModelChoice choice{folder / "c", {folder / "a", folder / "b"}};
  choice = WithModelBefore(choice);
  EXPECT_EQ(choice.in_use, folder / "a");
  EXPECT_TRUE(choice.before.empty());
}

}  // namespace
}  // namespace nosetip

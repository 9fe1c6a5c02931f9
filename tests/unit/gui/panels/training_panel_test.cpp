#include <gtest/gtest.h>

#include "gui/panels/panels.h"
#include "tests/support/panel_driver.h"
#include "tests/unit/gui/state/app_states.h"
#include "training/landmarks/recipes.h"

namespace nosetip {
namespace {

StoredModel ModelOf(const std::string& path, const std::string& architecture,
                    const std::string& schema) {
  StoredModel model;
  model.path = path;
  model.info = ModelInfo();
  model.info->architecture = architecture;
  model.info->schema = schema;
  return model;
}

EpochStats Epoch(int number, double loss) {
  EpochStats epoch;
  epoch.epoch = number;
  epoch.train_loss = loss;
  epoch.validation_loss = 1.1 * loss;
  epoch.validation_nme = 4.0 * loss;
  return epoch;
}

class TrainingPanelTest : public ::testing::Test {
 protected:
  TrainingPanelTest() {
    state_.settings.model.model = "/models/face68.safetensors";
    state_.models = {ModelOf("/models/face68.safetensors", "resnet18_maps", "ibug68"),
                     ModelOf("/models/nose.safetensors", "conv3_bn", "nose1")};
  }
  std::vector<Command> Open() { return driver_.Click("Tab/Training"); }
  // A training that came to its end, with both models measured.
  void Finish(double old_error, double new_error) {
    state_.training.stage = TrainingStage::kDone;
    state_.training.epochs = 3;
    state_.training.result = TrainingResult{false, 3, Epoch(3, 1.0), "/runs/a/model.safetensors"};
    ModelComparison comparison;
    comparison.unit = "the outer-eye distance";
    comparison.new_model.summary.nme_mean = new_error;
    comparison.old_model = MeasuredModel{"/models/face68.safetensors", {}};
    comparison.old_model->summary.nme_mean = old_error;
    for (int i = 0; i < 20; ++i) {
      comparison.faces.push_back({"face" + std::to_string(i), old_error, new_error});
    }
    comparison.gain = old_error - new_error;
    comparison.gain_standard_error = 0.01;
    state_.training.comparison = std::make_shared<const ModelComparison>(comparison);
    state_.model_is_decided = false;
    driver_.Frames(2);
  }

  AppState state_ = StateOfFile();
  PanelDrafts drafts_;
  PanelDriver driver_{[this] { return DrawAllPanels(state_, drafts_); }, {1280.0F, 2400.0F}};
};

TEST_F(TrainingPanelTest, NothingStartsWithoutData) {
  Open();
  EXPECT_TRUE(driver_.Click("Training/Start training").empty());
  EXPECT_TRUE(driver_.Click("Training/Inspect data").empty());
}

TEST_F(TrainingPanelTest, WhatIsChosenIsOrdered) {
  drafts_.training.data = {"/data/300w"};
  Open();
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Training/Start training")).order;
  EXPECT_EQ(order.task, "face68");
  EXPECT_EQ(order.data, std::vector<std::string>{"/data/300w"});
  EXPECT_EQ(order.options.init, "/models/face68.safetensors");
  EXPECT_EQ(order.compare_with, "/models/face68.safetensors");
  EXPECT_EQ(order.options.architecture, "resnet18_maps");
}

TEST_F(TrainingPanelTest, AnotherNetworkStartsFromScratch) {
  drafts_.training.data = {"/data/imm"};
  Open();
  driver_.Click("Training/Model to train");
  driver_.Click("Training/Model to train=nose");
  driver_.Frames(2);
  EXPECT_FALSE(driver_.Has("Training/Start from the model in use"));
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Training/Start training")).order;
  EXPECT_EQ(order.task, "nose");
  EXPECT_EQ(order.options.architecture, "conv3_bn");
  EXPECT_EQ(order.options.init, "");
}

TEST_F(TrainingPanelTest, ASmallRateIsSeenAndKept) {
  drafts_.training.data = {"/data/imm"};
  Open();
  EXPECT_GT(driver_.Of("Training/Learning rate").width, 50.0F);
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Training/Start training")).order;
  EXPECT_NEAR(order.options.learning_rate, RecipeOf("face68", "best").train.learning_rate, 1e-9);
}

TEST_F(TrainingPanelTest, FineTuningStartsFromTheModelInUse) {
  drafts_.training.data = {"/data/me"};
  drafts_.training.recipe = "fine-tune";
  Open();
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Training/Start training")).order;
  EXPECT_EQ(order.options.init, "/models/face68.safetensors");
  drafts_.training.task = "nose";
  driver_.Frames(2);
  EXPECT_TRUE(driver_.Click("Training/Start training").empty());
}

TEST_F(TrainingPanelTest, TheRecipesOptionsAreTakenUntilTheyAreEdited) {
  drafts_.training.data = {"/data/imm"};
  Open();
  driver_.Click("Training/Recipe");
  driver_.Click("Training/Recipe=original");
  const TrainingOrder order = Only<StartTraining>(driver_.Click("Training/Start training")).order;
  EXPECT_EQ(order.options.loss, "mse");
  EXPECT_EQ(order.options.architecture, "resnet18");
}

TEST_F(TrainingPanelTest, DataUsedBeforeAreOneClickAway) {
  state_.settings.data_folders = {"/data/faces"};
  Open();
  driver_.Click("Training/+ faces");
  EXPECT_EQ(drafts_.training.data, std::vector<std::string>{"/data/faces"});
}

TEST_F(TrainingPanelTest, WhileItTrainsItCanBePausedAndStopped) {
  state_.training.stage = TrainingStage::kTraining;
  state_.training.epochs = 10;
  Open();
  EXPECT_FALSE(driver_.Has("Training/Start training"));
  EXPECT_TRUE(Only<PauseTraining>(driver_.Click("Training/Pause")).paused);
  Only<StopTraining>(driver_.Click("Training/Stop"));
  state_.training.paused = true;
  driver_.Frames(2);
  EXPECT_FALSE(Only<PauseTraining>(driver_.Click("Training/Resume")).paused);
}

TEST_F(TrainingPanelTest, CurvesGrowWithTheEpochs) {
  state_.training.stage = TrainingStage::kTraining;
  state_.training.epochs = 10;
  Open();
  EXPECT_FALSE(driver_.Has("Training/Losses"));
  state_.training.history =
      std::make_shared<const std::vector<EpochStats>>(std::vector{Epoch(1, 2.0), Epoch(2, 1.0)});
  driver_.Frames(2);
  EXPECT_TRUE(driver_.Has("Training/Losses"));
  EXPECT_TRUE(driver_.Has("Training/Epochs 2"));
}

TEST_F(TrainingPanelTest, WhatWasTrainedIsUsedKeptOrDiscarded) {
  Open();
  Finish(4.0, 3.5);
  EXPECT_EQ(Only<DecideOnModel>(driver_.Click("Training/Use new model")).what, DecideOnModel::kUse);
  EXPECT_EQ(Only<DecideOnModel>(driver_.Click("Training/Keep both")).what, DecideOnModel::kKeep);
  EXPECT_EQ(Only<DecideOnModel>(driver_.Click("Training/Discard")).what, DecideOnModel::kDiscard);
  EXPECT_FALSE(driver_.Has("Training/Revert to previous model"));
}

TEST_F(TrainingPanelTest, OneClickReverts) {
  Open();
  Finish(4.0, 3.5);
  state_.model_is_decided = true;
  state_.can_revert = true;
  driver_.Frames(2);
  EXPECT_FALSE(driver_.Has("Training/Use new model"));
  Only<RevertModel>(driver_.Click("Training/Revert to previous model"));
}

TEST_F(TrainingPanelTest, WhatWentWrongStandsAboveAllElse) {
  state_.training.stage = TrainingStage::kFailed;
  state_.training.error = "/data/imm holds no annotations that are known";
  Open();
  EXPECT_TRUE(driver_.Has("Training/Error"));
  EXPECT_GT(driver_.Of("Training/Model to train").y, driver_.Of("Tab/Training").y + 40.0F);
}

TEST_F(TrainingPanelTest, AStoppedTrainingCanBeResumed) {
  drafts_.training.data = {"/data/imm"};
  state_.training.stage = TrainingStage::kStopped;
  state_.can_resume_training = true;
  Open();
  Only<ResumeTraining>(driver_.Click("Training/Resume last training"));
}

}  // namespace
}  // namespace nosetip

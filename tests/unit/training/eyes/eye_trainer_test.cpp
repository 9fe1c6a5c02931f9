#include "training/eyes/eye_trainer.h"

#include <cmath>
#include <stop_token>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/error_message.h"
#include "tests/support/test_files.h"
#include "tests/unit/training/eyes/drawn_eyes.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/landmarker.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

class EyeTrainerTest : public ::testing::Test {
 protected:
  EyeTrainerTest() {
    for (const float openness : {0.05F, 0.15F, 0.25F, 0.35F}) {
      FacePack pack = DrawnEyes(12, openness);
      for (std::string& group : pack.groups) group += " at " + std::to_string(openness);
      job_.packs.push_back(std::move(pack));
    }
    SaveMeanFace();
    job_.options.epochs = 8;
    job_.options.batch = 16;
    job_.options.threads = 1;
    job_.options.device = "cpu";
    job_.options.average = 0.9;
    job_.options.validation_percent = 30;
    job_.out = folder_ / "run";
  }

  // A model that gives the first face of the third pack for any picture.
  void SaveMeanFace() {
    const FacePack& pack = job_.packs[2];
    Model model;
    model.meta.network.input_px = SizePx::Square(64);
    model.meta.crop_margin = 1.5F;
    model.network = BuildNetwork(model.meta.network);
    const torch::Tensor points =
        torch::tensor(std::vector<float>(pack.points_px.begin(), pack.points_px.begin() + 2 * 68));
    // The crop is 1.5 times the box of 100 px in the middle of 200 px.
    SetOutputBias(model.network, (points.view({68, 2}) + 0.5F - 25.0F) / 150.0F);
    const torch::NoGradGuard no_grad;
    model.network->named_parameters()["fc.weight"].zero_();
    job_.model = (folder_ / "face.safetensors").string();
    SaveModel(job_.model, model, /*half=*/true);
  }

  TempFolder folder_;
  EyeJob job_;
};

TEST_F(EyeTrainerTest, LearnsHowFarEyesAreOpenAndWritesTheModelWithIt) {
  job_.options.epochs = 60;
  job_.options.close_share = 0.0;
  const EyeReport report = RunEyeTraining(job_, {}, {});
  ASSERT_EQ(report.history.size(), 60U);
  EXPECT_LT(report.best.openness_mae, 0.7 * report.before.openness_mae);
  EXPECT_GT(report.best.slope, 0.4);
  const Model before = LoadModel(job_.model);
  const Model after = LoadModel(report.model);
  ASSERT_TRUE(after.eyes);
  EXPECT_TRUE(torch::equal(after.network->named_parameters()["fc.bias"],
                           before.network->named_parameters()["fc.bias"]));
  EXPECT_EQ(after.meta.about.at("eyes").at("epoch"), report.best.epoch);
}

TEST_F(EyeTrainerTest, AStoppedRunGoesOnAsIfItHadNot) {
  const EyeReport whole = RunEyeTraining(job_, {}, {});
  job_.out = folder_ / "stopped";
  std::stop_source stop;
  EyeProgress progress;
  progress.on_step = [&stop](const StepStats& step) {
    if (step.epoch == 3 && step.step == 2) stop.request_stop();
  };
  EXPECT_TRUE(RunEyeTraining(job_, progress, stop.get_token()).stopped);
  job_.resume = true;
  const EyeReport resumed = RunEyeTraining(job_, {}, {});
  ASSERT_EQ(resumed.history.size(), whole.history.size());
  for (size_t i = 0; i < whole.history.size(); ++i) {
    EXPECT_EQ(resumed.history[i].train_loss, whole.history[i].train_loss) << i;
    EXPECT_EQ(resumed.history[i].openness_mae, whole.history[i].openness_mae) << i;
  }
}

TEST_F(EyeTrainerTest, RefusesAModelOfOtherPoints) {
  Model model;
  model.meta.schema = "nose1";
  model.meta.network = {"conv3", 1, SizePx::Square(64), 1};
  model.network = BuildNetwork(model.meta.network);
  job_.model = (folder_ / "nose.safetensors").string();
  SaveModel(job_.model, model, /*half=*/true);
  EXPECT_THAT(MessageOf([&] { RunEyeTraining(job_, {}, {}); }),
              HasSubstr("needs a model with those of ibug68, such as face68"));
}

TEST_F(EyeTrainerTest, GoesOnFromTheEyesOfAnotherModel) {
  job_.options.epochs = 1;
  const EyeReport first = RunEyeTraining(job_, {}, {});
  job_.options.init = first.model.string();
  job_.options.learning_rate = 0.0;
  job_.out = folder_ / "second";
  const Model second = LoadModel(RunEyeTraining(job_, {}, {}).model);
  EXPECT_TRUE(torch::allclose(second.eyes->named_parameters()["conv3.weight"],
                              LoadModel(first.model).eyes->named_parameters()["conv3.weight"], 1e-3,
                              1e-4));
  job_.options.init = job_.model;
  job_.out = folder_ / "third";
  EXPECT_THAT(MessageOf([&] { RunEyeTraining(job_, {}, {}); }),
              HasSubstr("has no eye network to start from"));
}

TEST_F(EyeTrainerTest, NeedsFacesOnBothSides) {
  job_.options.validation_groups = "face 0 at 9";
  EXPECT_THAT(MessageOf([&] { RunEyeTraining(job_, {}, {}); }), HasSubstr("0 faces are held out"));
}

}  // namespace
}  // namespace nosetip

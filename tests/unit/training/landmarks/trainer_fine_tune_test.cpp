// The recipe that goes on from a model with a few more faces.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/landmarker.h"
#include "tracker/model/model_lookup.h"
#include "training/landmarks/recipes.h"
#include "training/landmarks/settled_options.h"
#include "training/landmarks/trainer.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

class FineTune : public ::testing::Test {
 protected:
  // A model that has seen a few faces.
  std::string Start(const std::string& architecture) {
    TrainJob job;
    job.packs = {SyntheticPack(24, 64, {}, /*spread=*/0.15F)};
    job.options.architecture = architecture;
    job.options.epochs = 2;
    job.options.batch = 4;
    job.options.input_px = 64;
    job.options.margin = 1.4F;
    job.options.validation_percent = 30;
    job.options.device = "cpu";
    job.options.threads = 1;
    job.out = folder_ / architecture;
    return RunTraining(job, {}, {}).model.string();
  }

  TrainJob Job(const std::string& init, size_t faces) const {
    const Recipe recipe = RecipeOf("face68", "fine-tune");
    TrainJob job;
    job.packs = {SyntheticPack(faces, 64, {}, /*spread=*/0.15F)};
    job.options = recipe.train;
    job.augment = recipe.augment;
    job.options.init = init;
    job.options.epochs = 2;
    job.options.steps = 3;
    job.options.device = "cpu";
    job.options.threads = 1;
    job.options = WithHoldOutFor(WithShapeOfInit(job.options), job.packs);
    job.out = folder_ / ("run of " + std::to_string(faces));
    return job;
  }

  TempFolder folder_;
};

TEST_F(FineTune, TakesArchitectureAndInputFromTheModel) {
  for (const char* architecture : {"resnet18", "resnet18_half_maps"}) {
    const TrainOptions options = Job(Start(architecture), 2).options;
    EXPECT_EQ(options.architecture, architecture);
    EXPECT_EQ(options.View().input_px, SizePx::Square(64));
    EXPECT_EQ(options.margin, 1.4F);
    EXPECT_EQ(options.view, "face");
  }
}

TEST_F(FineTune, NeedsAModelToStartFrom) {
  try {
    Job("", 2);
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), HasSubstr("give --init MODEL"));
  }
  TrainJob job = Job(Start("resnet18_half_maps"), 2);
  job.options.init.clear();
  EXPECT_THROW(RunTraining(job, {}, {}), Error);
}

TEST_F(FineTune, LearnsFromTwoFacesAndSaysThatNoneIsHeldOut) {
  const TrainJob job = Job(Start("resnet18_half_maps"), 2);
  std::string said;
  TrainProgress progress;
  progress.on_message = [&](const std::string& text) { said += text + "\n"; };
  const TrainReport report = RunTraining(job, progress, {});
  EXPECT_EQ(report.train_faces, 2U);
  EXPECT_EQ(report.validation_faces, 2U);
  EXPECT_EQ(report.history.size(), 2U);
  EXPECT_GT(report.best.validation_nme, 0.0);
  EXPECT_THAT(said, HasSubstr("none held out"));
  const ModelInfo info = ReadModelInfo(report.model);
  EXPECT_EQ(info.held_out, kNoneHeldOut);
  EXPECT_FALSE(info.validation_nme);  // that of its own training faces says nothing
  EXPECT_EQ(info.input_px, SizePx::Square(64));
}

TEST_F(FineTune, RehearsesOthers) {
  TrainJob job = Job(Start("resnet18_half_maps"), 3);
  const double alone = RunTraining(job, {}, {}).history[0].train_loss;
  job.rehearsal = {SyntheticPack(40, 64, {}, /*spread=*/0.15F)};
  job.out = folder_ / "rehearsed";
  std::string said;
  TrainProgress progress;
  progress.on_message = [&](const std::string& text) { said += text + "\n"; };
  const TrainReport report = RunTraining(job, progress, {});
  EXPECT_EQ(report.train_faces, 3U);
  EXPECT_EQ(report.validation_faces, 3U);  // of those to learn alone
  EXPECT_NE(report.history[0].train_loss, alone);
  int left_out = 0;
  for (const std::string& group : job.rehearsal[0].groups) {
    left_out += IsHeldOut(group, kRehearsalHeldOutPercent) ? 1 : 0;
  }
  EXPECT_GT(left_out, 0);
  EXPECT_THAT(said, HasSubstr(std::to_string(40 - left_out) + " others to rehearse"));
  job.rehearsal[0].schema = "imm58";
  job.out = folder_ / "other points";
  EXPECT_THROW(RunTraining(job, {}, {}), Error);
}

TEST_F(FineTune, HoldsSomeOutWhereThereAreEnough) {
  const std::string init = Start("resnet18_half_maps");
  EXPECT_FALSE(Job(init, 7).options.Validation().HoldsOut());
  const TrainJob job = Job(init, 20);
  EXPECT_EQ(job.options.validation_percent, 20);
  const TrainReport report = RunTraining(job, {}, {});
  EXPECT_GT(report.validation_faces, 0U);
  EXPECT_EQ(report.train_faces + report.validation_faces, 20U);
  EXPECT_TRUE(ReadModelInfo(report.model).validation_nme);
}

TEST_F(FineTune, HoldsNoneOutWhereAllOrNoneWouldBe) {
  const std::string init = Start("resnet18_half_maps");
  TrainOptions options = RecipeOf("face68", "fine-tune").train;
  FacePack pack = SyntheticPack(10, 32);
  options.validation_percent = 1;  // no group's hash is that small
  EXPECT_FALSE(WithHoldOutFor(options, std::vector{pack}).Validation().HoldsOut());
  options.validation_groups = "nobody";
  EXPECT_THROW(WithHoldOutFor(options, std::vector{pack}), Error);
  std::string all;
  for (const std::string& group : pack.groups) all += group + ",";
  options.validation_groups = all;
  EXPECT_FALSE(WithHoldOutFor(options, std::vector{pack}).Validation().HoldsOut());
  options.hold_out_from = 0;  // as the other recipes have it
  EXPECT_TRUE(WithHoldOutFor(options, std::vector{pack}).Validation().HoldsOut());
}

TEST_F(FineTune, RepeatsItselfAndGoesOnAfterAStop) {
  const std::string init = Start("resnet18_half_maps");
  TrainJob job = Job(init, 3);
  const TrainReport whole = RunTraining(job, {}, {});
  job.out = folder_ / "stopped";
  std::stop_source stop;
  TrainProgress progress;
  progress.on_step = [&](const StepStats& step) {
    if (step.epoch == 2 && step.step == 2) stop.request_stop();
  };
  EXPECT_TRUE(RunTraining(job, progress, stop.get_token()).stopped);
  job.resume = true;
  const TrainReport resumed = RunTraining(job, {}, {});
  ASSERT_EQ(resumed.history.size(), 2U);
  EXPECT_EQ(resumed.history[1].train_loss, whole.history[1].train_loss);
  // The weights to pull back to are part of the run.
  job.options.init = Start("resnet18");
  EXPECT_THROW(RunTraining(job, {}, {}), Error);
}

}  // namespace
}  // namespace nosetip

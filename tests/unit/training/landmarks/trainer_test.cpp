#include "training/landmarks/trainer.h"

#include <cmath>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/synthetic_faces.h"
#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "tracker/model/landmarker.h"
#include "tracker/model/model_lookup.h"
#include "training/data/trained_groups.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

using ::testing::HasSubstr;

TrainJob SmallJob(const std::filesystem::path& out) {
  TrainJob job;
  job.packs = {SyntheticPack(24, 64, {}, /*spread=*/0.15F)};
  job.options.architecture = "resnet18_half_maps";
  job.options.epochs = 3;
  job.options.batch = 4;
  job.options.input_px = 32;
  job.options.learning_rate = 1e-3;
  job.options.average = 0.5;
  job.options.validation_percent = 30;
  job.options.device = "cpu";
  job.options.threads = 1;               // the network is too small for more
  job.augment = AugmentOptions::None();  // so that a few steps show that it learns
  job.out = out;
  return job;
}

TrainReport Train(const TrainJob& job) { return RunTraining(job, {}, {}); }

void ExpectSameHistory(const TrainReport& a, const TrainReport& b) {
  ASSERT_EQ(a.history.size(), b.history.size());
  for (size_t i = 0; i < a.history.size(); ++i) {
    EXPECT_EQ(a.history[i].train_loss, b.history[i].train_loss) << "epoch " << i + 1;
    EXPECT_EQ(a.history[i].validation_nme, b.history[i].validation_nme) << "epoch " << i + 1;
  }
}

std::string MessageOf(const TrainJob& job) {
  try {
    Train(job);
  } catch (const Error& error) {
    return error.what();
  }
  return "no error";
}

class Trainer : public ::testing::Test {
 protected:
  TempFolder folder_;
};

TEST_F(Trainer, LearnsAndLeavesAModelThatRuns) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 20;
  const TrainReport report = Train(job);
  ASSERT_EQ(report.history.size(), 20U);
  EXPECT_LT(report.history.back().train_loss, 0.8 * report.history.front().train_loss);
  EXPECT_EQ(report.train_faces + report.validation_faces, 24U);
  EXPECT_EQ(ReadLines(job.out / "history.csv").size(), 21U);
  const auto landmarker = LoadLandmarker(report.model.string(), ChooseDevice("cpu"), 1);
  const std::vector<RectF> boxes = {{10.0F, 10.0F, 40.0F, 40.0F}};
  EXPECT_EQ(landmarker->Locate(Image(64, 64), boxes)[0].points_px.size(), 68U);
}

TEST_F(Trainer, RepeatsItselfWithTheSameSeed) {
  const TrainReport first = Train(SmallJob(folder_ / "a"));
  ExpectSameHistory(first, Train(SmallJob(folder_ / "b")));
  TrainJob other = SmallJob(folder_ / "c");
  other.options.seed = 2;
  EXPECT_NE(Train(other).history[0].train_loss, first.history[0].train_loss);
}

TEST_F(Trainer, GoesOnAfterAStopAsIfNothingHadHappened) {
  const TrainReport whole = Train(SmallJob(folder_ / "whole"));
  TrainJob job = SmallJob(folder_ / "stopped");
  std::stop_source stop;
  TrainProgress progress;
  progress.on_step = [&](const StepStats& step) {
    if (step.epoch == 2 && step.step == 2) stop.request_stop();
  };
  const TrainReport first = RunTraining(job, progress, stop.get_token());
  EXPECT_TRUE(first.stopped);
  EXPECT_EQ(first.history.size(), 1U);
  job.resume = true;
  int first_step = 0;
  size_t told_epochs = 0;
  progress = {};
  progress.on_step = [&](const StepStats& step) {
    if (first_step == 0) first_step = step.step;
  };
  progress.on_history = [&](const auto& history) { told_epochs = history.size(); };
  const TrainReport resumed = RunTraining(job, progress, {});
  EXPECT_FALSE(resumed.stopped);
  EXPECT_EQ(first_step, 3);  // what was done of the epoch is not done again
  EXPECT_EQ(told_epochs, 1U);
  ExpectSameHistory(whole, resumed);
  EXPECT_EQ(resumed.best.epoch, whole.best.epoch);
}

TEST_F(Trainer, GoesOnAfterAStopInItsFirstEpoch) {
  const TrainReport whole = Train(SmallJob(folder_ / "whole"));
  TrainJob job = SmallJob(folder_ / "stopped");
  std::stop_source stop;
  stop.request_stop();
  EXPECT_TRUE(RunTraining(job, {}, stop.get_token()).stopped);
  job.resume = true;
  ExpectSameHistory(whole, Train(job));
}

TEST_F(Trainer, TakesAllFacesInABatchWhereTheyAreFewer) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 1;
  job.options.batch = 4000;
  std::string said;
  int steps = 0;
  TrainProgress progress;
  progress.on_message = [&](const std::string& text) { said += text + "\n"; };
  progress.on_step = [&](const StepStats& step) { steps = step.steps; };
  const TrainReport report = RunTraining(job, progress, {});
  EXPECT_EQ(steps, 1);
  EXPECT_THAT(said, HasSubstr("one batch of " + std::to_string(report.train_faces)));
}

TEST_F(Trainer, RefusesAFolderThatAnotherTrainingWritesTo) {
  TrainJob job = SmallJob(folder_ / "run");
  std::filesystem::create_directories(job.out);
  const RunLock other(job.out);
  EXPECT_THAT(MessageOf(job), HasSubstr("is in use by another training"));
}

TEST_F(Trainer, LearnsAPointAloneFromWholePictures) {
  TrainJob job = SmallJob(folder_ / "nose");
  job.packs = {WithPointsOf(Nose1(), SyntheticPack(24, 64, {Ibug68().nose_tip}, 0.15F))};
  job.packs[0].view = CropView::kPicture;
  job.options.view = "picture";
  job.options.architecture = "conv3";
  job.options.input_px = 40;
  job.options.input_height_px = 32;
  job.options.margin = 1.5F;
  job.options.loss = "mse";
  job.options.epochs = 30;
  const TrainReport report = Train(job);
  EXPECT_LT(report.best.validation_mse, 0.5 * report.history.front().validation_mse);
  EXPECT_TRUE(std::isnan(report.history.back().validation_nme));
  const auto rows = ReadLines(job.out / "history.csv");
  EXPECT_THAT(rows[0], HasSubstr("validation_mse,validation_nme"));
  EXPECT_THAT(rows[1], HasSubstr(",,"));  // no NME
  job.resume = true;
  EXPECT_TRUE(std::isnan(Train(job).history.front().validation_nme));
}

TEST_F(Trainer, HoldsOutTheGroupsThatAreNamed) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 1;
  job.options.validation_groups = "group3,group17";
  const TrainReport report = Train(job);
  EXPECT_EQ(report.validation_faces, 2U);
  EXPECT_EQ(report.train_faces, 22U);
}

TEST_F(Trainer, LeavesInTheModelWhatItWasTrainedOn) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 1;
  job.options.validation_groups = "group3,group17";
  job.rehearsal = {SyntheticPack(4, 64)};
  for (std::string& group : job.rehearsal[0].groups) group = "other" + group;
  const std::string first = Train(job).model.string();
  const TrainedGroups trained(ReadModelInfo(first).trained_groups);
  EXPECT_TRUE(trained.AreAll());
  EXPECT_FALSE(trained.Has("group3"));
  EXPECT_FALSE(trained.Has("group17"));
  EXPECT_TRUE(trained.Has("group4"));
  EXPECT_TRUE(trained.Has("othergroup0") || trained.Has("othergroup1"));
  job = SmallJob(folder_ / "second");
  job.options.epochs = 1;
  job.options.validation_groups = "group4";
  job.options.init = first;
  const TrainedGroups both(ReadModelInfo(Train(job).model).trained_groups);
  EXPECT_TRUE(both.Has("group4"));  // known from the start
  EXPECT_TRUE(both.Has("group3"));
}

TEST_F(Trainer, StartsFromGivenWeights) {
  TrainJob job = SmallJob(folder_ / "first");
  job.options.epochs = 10;
  const TrainReport first = Train(job);
  job = SmallJob(folder_ / "second");
  job.options.init = first.model.string();
  EXPECT_LT(Train(job).history[0].train_loss, first.history[0].train_loss);
}

TEST_F(Trainer, StartsScoreMapsFromTheConvolutionsOfAPlainNetwork) {
  TrainJob job = SmallJob(folder_ / "plain");
  job.options.architecture = "resnet18";
  job.options.epochs = 5;
  const TrainReport plain = Train(job);
  job = SmallJob(folder_ / "maps");
  job.options.architecture = "resnet18_maps";
  job.options.init = plain.model.string();
  job.options.epochs = 8;
  const TrainReport maps = Train(job);
  EXPECT_LT(maps.best.validation_loss, maps.history.front().validation_loss);
  const auto landmarker = LoadLandmarker(maps.model.string(), ChooseDevice("cpu"), 1);
  const std::vector<RectF> boxes = {{10.0F, 10.0F, 40.0F, 40.0F}};
  EXPECT_EQ(landmarker->Locate(Image(64, 64), boxes)[0].points_px.size(), 68U);
  job = SmallJob(folder_ / "back");
  job.options.architecture = "resnet18";
  job.options.init = maps.model.string();
  EXPECT_THAT(MessageOf(job), HasSubstr("needs a resnet18 for ibug68"));
}

TEST_F(Trainer, TrainsInMixedPrecision) {
  TrainJob job = SmallJob(folder_ / "mixed");
  job.options.mixed_precision = true;
  job.options.epochs = 10;
  const TrainReport report = Train(job);
  EXPECT_LT(report.history.back().train_loss, report.history.front().train_loss);
}

// After a few steps the running statistics of a batch normalization are still near their start.
TEST_F(Trainer, MeasuresAfterAFewStepsWithTheStatisticsOfTheFaces) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.architecture = "resnet18";
  job.options.epochs = 2;
  job.options.steps = 3;
  job.options.loss = "mse";
  job.options.schedule = "constant";
  job.options.warmup_epochs = 0;
  job.options.weight_decay = 0.0;
  job.options.average = 0.0;
  job.options.mean_start = false;
  const EpochStats last = Train(job).history.back();
  EXPECT_LT(last.validation_loss, 3.0 * last.train_loss);
}

TEST_F(Trainer, StopsWhereItDiverges) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.architecture = "conv3";
  job.options.learning_rate = 1.0;
  job.options.schedule = "constant";
  job.options.warmup_epochs = 0;
  job.options.loss = "mse";
  job.options.average = 0.0;
  job.options.epochs = 20;
  EXPECT_THAT(MessageOf(job), HasSubstr("the training diverged: after epoch"));
  EXPECT_FALSE(std::filesystem::exists(job.out / "model.safetensors"));
}

TEST_F(Trainer, TellsWhereItLearnedNothing) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.architecture = "conv3";
  job.options.epochs = 1;
  job.options.mean_start = false;
  job.options.learning_rate = 1e-7;
  const TrainReport poor = Train(job);
  EXPECT_GT(poor.mean_face.nme, 0.0);
  EXPECT_GT(poor.best.validation_nme, poor.mean_face.nme);
  EXPECT_THAT(MeanFaceText(poor), HasSubstr("no better than the mean of the training faces"));
  TrainReport good = poor;
  good.best.validation_nme = 0.5 * good.mean_face.nme;
  EXPECT_EQ(MeanFaceText(good), "");
}

TEST(CheckConverges, AllowsPoorStartsOnly) {
  EpochStats epoch;
  epoch.epoch = 3;
  const MeanFaceError mean_face{0.01, 15.0};
  for (const double mse : {0.0, 0.01, 2.1, 99.0}) {
    epoch.validation_mse = mse;
    EXPECT_NO_THROW(CheckConverges(epoch, mean_face)) << mse;
  }
  for (const double mse : {101.0, 380.0, 1e12}) {
    epoch.validation_mse = mse;
    EXPECT_THROW(CheckConverges(epoch, mean_face), Error) << mse;
  }
}

TEST_F(Trainer, NeverOverwritesAnotherRun) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 1;
  Train(job);
  EXPECT_THAT(MessageOf(job), HasSubstr("holds a training already"));
  job.resume = true;
  job.options.seed = 9;
  EXPECT_THAT(MessageOf(job), HasSubstr("was started with seed = 1, not 9"));
}

TEST_F(Trainer, NamesWhatIsWrongWithTheJob) {
  TrainJob job = SmallJob(folder_ / "run");
  job.resume = true;
  EXPECT_THAT(MessageOf(job), HasSubstr("holds no training to resume"));
  job.resume = false;
  job.options.epochs = 0;
  EXPECT_THAT(MessageOf(job), HasSubstr("--epochs is 0"));
  job.options.epochs = 1;
  job.options.margin = 1.9F;
  job.packs[0].extent = 1.5F;
  EXPECT_THAT(MessageOf(job), HasSubstr("pack it again with a larger --extent"));
  job.options.view = "picture";
  EXPECT_THAT(MessageOf(job), HasSubstr("packed for the view 'face'"));
}

TEST_F(Trainer, RefusesADamagedStateOfAStoppedRun) {
  TrainJob job = SmallJob(folder_ / "run");
  job.options.epochs = 1;
  Train(job);
  std::filesystem::resize_file(job.out / "last.safetensors", 5000);
  job.resume = true;
  EXPECT_THAT(MessageOf(job), HasSubstr("last.safetensors"));
}

}  // namespace
}  // namespace nosetip

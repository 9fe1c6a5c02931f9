#include "training/detector/detector_trainer.h"

#include <fstream>

#include <gmock/gmock.h>

#include "tests/support/test_files.h"
#include "tracker/core/error.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

// A "face": a bright disc with two dark eyes on gray noise, with its label.
Photograph DrawnFace(int number) {
  Photograph photograph;
  photograph.name = photograph.group = "face " + std::to_string(number);
  Image image(96, 96);
  for (int y = 0; y < 96; ++y) {
    for (int x = 0; x < 96; ++x) {
      const float dx = static_cast<float>(x - 48) / 24.0F;
      const float dy = static_cast<float>(y - 48) / 30.0F;
      const bool face = dx * dx + dy * dy < 1.0F;
      const bool eye = (std::abs(x - 38) < 4 || std::abs(x - 58) < 4) && std::abs(y - 40) < 3;
      const int value = eye ? 10 : face ? 220 : 90 + (x * 7 + y * 13 + number * 5) % 20;
      std::fill_n(image.At(x, y), 3, static_cast<uint8_t>(value));
    }
  }
  photograph.pyramid.push_back(std::move(image));
  FaceLabel label;
  label.outline_px = {{24.0F, 48.0F}, {72.0F, 48.0F}, {48.0F, 18.0F}, {48.0F, 78.0F}};
  label.points_px = {{{38, 40}, {58, 40}, {48, 50}, {40, 62}, {56, 62}}};
  photograph.faces.push_back(label);
  return photograph;
}

DetectorJob SmallJob(const std::filesystem::path& out) {
  DetectorJob job;
  for (int i = 0; i < 6; ++i) {
    (i < 4 ? job.photographs.train : job.photographs.validation).push_back(DrawnFace(i));
  }
  job.options.epochs = 3;
  job.options.scenes = 24;
  job.options.batch = 4;
  job.options.validation_scenes = 8;
  job.options.threads = 1;
  job.options.device = "cpu";
  job.options.warmup_epochs = 0;
  job.scenes.size_px = 96;
  job.scenes.min_face_px = 24.0F;
  job.scenes.max_faces = 2;
  job.scenes.degrade = 0.0F;
  job.out = out;
  return job;
}

std::string WithoutTimes(const DetectorReport& report) {
  std::string text;
  for (const DetectorEpoch& epoch : report.history) {
    text += std::to_string(epoch.train_loss) + " " + std::to_string(epoch.validation_loss) + "\n";
  }
  return text;
}

TEST(DetectorTrainer, LossFallsAndTheRunLeavesItsFiles) {
  const TempFolder folder;
  DetectorJob job = SmallJob(folder.path() / "run");
  job.options.epochs = 4;
  job.options.scenes = 200;
  job.options.learning_rate = 5e-3;
  const DetectorReport report = RunDetectorTraining(job, {}, {});
  ASSERT_EQ(report.history.size(), 4U);
  EXPECT_LT(report.history.back().train_loss, 0.7 * report.history.front().train_loss);
  for (const char* name :
       {"model.safetensors", "last.safetensors", "history.csv", "options.json"}) {
    EXPECT_TRUE(std::filesystem::exists(job.out / name)) << name;
  }
}

TEST(DetectorTrainer, SameSeedGivesTheSameHistoryAlsoAcrossAResume) {
  const TempFolder folder;
  DetectorJob whole = SmallJob(folder.path() / "whole");
  const std::string expected = WithoutTimes(RunDetectorTraining(whole, {}, {}));

  DetectorJob parts = SmallJob(folder.path() / "parts");
  std::stop_source stop;
  DetectorProgress progress;
  progress.on_epoch = [&](const DetectorEpoch& epoch) {
    if (epoch.epoch == 1) stop.request_stop();
  };
  EXPECT_TRUE(RunDetectorTraining(parts, progress, stop.get_token()).stopped);
  parts.resume = true;
  EXPECT_EQ(WithoutTimes(RunDetectorTraining(parts, {}, {})), expected);
}

TEST(DetectorTrainer, AStopInTheMiddleOfAnEpochLosesNothingOfIt) {
  const TempFolder folder;
  const DetectorReport whole = RunDetectorTraining(SmallJob(folder.path() / "whole"), {}, {});

  DetectorJob job = SmallJob(folder.path() / "stopped");
  std::stop_source stop;
  DetectorProgress progress;
  progress.on_step = [&](const StepStats& step) {
    if (step.epoch == 2 && step.step == 4) stop.request_stop();
  };
  const DetectorReport first = RunDetectorTraining(job, progress, stop.get_token());
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
  const DetectorReport resumed = RunDetectorTraining(job, progress, {});
  EXPECT_EQ(first_step, 5);  // of six
  EXPECT_EQ(told_epochs, 1U);
  EXPECT_EQ(WithoutTimes(resumed), WithoutTimes(whole));
  EXPECT_EQ(resumed.best.epoch, whole.best.epoch);
}

TEST(DetectorTrainer, RefusesAFolderThatAnotherTrainingWritesTo) {
  const TempFolder folder;
  const DetectorJob job = SmallJob(folder.path() / "run");
  std::filesystem::create_directories(job.out);
  const RunLock other(job.out);
  try {
    RunDetectorTraining(job, {}, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr(job.out.string() + " is in use by another"));
  }
}

TEST(DetectorTrainer, RefusesAFolderThatHoldsARun) {
  const TempFolder folder;
  DetectorJob job = SmallJob(folder.path());
  std::ofstream(folder.path() / "last.safetensors") << "x";
  try {
    RunDetectorTraining(job, {}, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("--resume"));
  }
}

TEST(DetectorTrainer, NamesTheOptionThatDiffersOnResume) {
  const TempFolder folder;
  DetectorJob job = SmallJob(folder.path() / "run");
  job.options.epochs = 1;
  RunDetectorTraining(job, {}, {});
  job.resume = true;
  job.options.epochs = 2;
  job.options.batch = 8;
  try {
    RunDetectorTraining(job, {}, {});
    FAIL() << "no error";
  } catch (const Error& error) {
    EXPECT_THAT(error.what(), testing::HasSubstr("batch"));
  }
}

TEST(DetectorTrainer, RefusesAWholeSetWithoutHeldOutPhotographs) {
  const TempFolder folder;
  DetectorJob job = SmallJob(folder.path() / "run");
  job.photographs.validation.clear();
  EXPECT_THROW(RunDetectorTraining(job, {}, {}), Error);
}

TEST(DetectorTrainer, SplitsByGroup) {
  std::vector<Photograph> photographs(200);
  for (size_t i = 0; i < photographs.size(); ++i) {
    photographs[i].name = std::to_string(i);
    photographs[i].group = "person " + std::to_string(i / 10);
  }
  const DetectorPhotographs split = SplitPhotographs(photographs, {}, 30);
  EXPECT_EQ(split.train.size() + split.validation.size(), 200U);
  EXPECT_FALSE(split.validation.empty());
  for (const Photograph& held_out : split.validation) {
    for (const Photograph& trained : split.train) EXPECT_NE(held_out.group, trained.group);
  }
}

}  // namespace
}  // namespace nosetip

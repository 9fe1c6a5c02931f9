#include <cstdio>
#include <memory>
#include <system_error>

#include "tracker/cli/cli_options.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/commands/command_line.h"
#include "training/data/duplicates.h"
#include "training/detector/detector_trainer.h"
#include "training/detector/scenes/scene_composer.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> data;
  std::vector<std::string> backgrounds;
  std::string teacher;
  RunArguments run{"runs/detector"};
  DetectorTrainOptions train;
  SceneOptions scenes;
};

DetectorPhotographs LoadPhotographs(const Arguments& arguments) {
  Progress::Options on_stderr = Progress::OnStderr();
  on_stderr.unit = "pictures";
  Progress progress(on_stderr);
  const auto say_left_out = [&progress](const std::string& problem) {
    progress.Clear();
    std::fprintf(stderr, "left out: %s\n", problem.c_str());
  };
  std::vector<DataSet> data;
  for (const std::string& path : arguments.data) {
    data.push_back(ReadGroupedDataSet(path));
    for (const std::string& problem : data.back().problems) say_left_out(problem);
  }
  SceneMaterial material = ReadSceneMaterial(data, {arguments.backgrounds, arguments.teacher, true},
                                             ReadingOn(progress, say_left_out));
  progress.Clear();
  return SplitPhotographs(std::move(material.photographs), std::move(material.backgrounds),
                          arguments.train.validation_percent);
}

DetectorProgress ProgressOn(EpochLines& lines) {
  DetectorProgress sink;
  sink.on_message = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  sink.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.batch, step.loss);
  };
  sink.on_epoch = [&lines](const DetectorEpoch& epoch) {
    char figures[200];
    std::snprintf(
        figures, sizeof(figures),
        "loss %.4f  validation loss %.4f (class %.3f, object %.3f, box %.4f, points %.4f)  "
        "%.0f s, %.0f scenes/s",
        epoch.train_loss, epoch.validation_loss, epoch.validation_cls, epoch.validation_obj,
        epoch.validation_box, epoch.validation_points, epoch.seconds, epoch.scenes_per_s);
    lines.OnEpoch(epoch.epoch, figures);
  };
  return sink;
}

// Scenes as the network sees them.
void WriteSamples(const DetectorJob& job) {
  constexpr uint64_t kSamples = 24;
  const SceneComposer composer(job.photographs.train, job.photographs.train_backgrounds,
                               job.scenes);
  std::vector<Scene> scenes;
  for (uint64_t seed = 0; seed < kSamples; ++seed) scenes.push_back(composer.Compose(seed));
  std::error_code failure;  // of which the picture will say more
  std::filesystem::create_directories(job.out, failure);
  const std::string path = (job.out / "samples.png").string();
  WritePicture(path, DrawScenes(scenes));
  std::printf("samples: %s\n", path.c_str());
}

// What can be known to be wrong before the pictures are read, which takes minutes.
void CheckBeforeReading(const DetectorJob& job) {
  Validate(job.options);
  Validate(job.scenes);
  CheckRunFolder(job.out, job.resume);
  std::error_code ignored;
  if (!job.options.init.empty() && !std::filesystem::exists(job.options.init, ignored)) {
    throw Error(job.options.init + ", given as --init, does not exist; check the path");
  }
}

int Train(const Arguments& arguments, const std::stop_token& stop) {
  DetectorJob job;
  job.options = arguments.train;
  job.scenes = arguments.scenes;
  job.out = arguments.run.out;
  job.resume = arguments.run.resume;
  CheckBeforeReading(job);
  job.photographs = LoadPhotographs(arguments);
  std::printf("photographs: %zu to train on, %zu held out; backgrounds: %zu and %zu\n",
              job.photographs.train.size(), job.photographs.validation.size(),
              job.photographs.train_backgrounds.size(),
              job.photographs.validation_backgrounds.size());
  WriteSamples(job);
  EpochLines lines(job.options.epochs, "scenes");
  const DetectorReport report = RunDetectorTraining(job, ProgressOn(lines), stop);
  if (report.stopped) return SayStopped(report.history.size());
  std::printf("best epoch %d\nmodel: %s\n", report.best.epoch, report.model.c_str());
  return 0;
}

}  // namespace

CommandLine AddDetectorCommand(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("detector", "train the face detector");
  command
      ->add_option("--data", arguments->data,
                   "data sets with landmarks, whose faces are composed into scenes")
      ->required();
  command->add_option("--backgrounds", arguments->backgrounds,
                      "folders of pictures without faces, for what lies behind them");
  command->add_option("--teacher", arguments->teacher,
                      "a detector (.onnx of the YuNet family) that marks faces without landmarks, "
                      "so that they are not taken for background");
  AddRunOptions(*command, arguments->run);
  AddOptions(*command, arguments->train, "Training");
  AddOptions(*command, arguments->scenes, "Scenes");
  return {command, [arguments](std::stop_token stop) { return Train(*arguments, stop); }};
}

}  // namespace nosetip

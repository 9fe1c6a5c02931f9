#include <memory>
#include <system_error>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/core/error.h"
#include "tracker/sources/pictures.h"
#include "training/commands/commands.h"
#include "training/commands/reading_progress.h"
#include "training/data/duplicates.h"
#include "training/detector/detector_trainer.h"
#include "training/detector/scenes/detector_teacher.h"
#include "training/detector/scenes/scene_composer.h"
#include "training/run/process_place.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

struct Arguments {
  const CommandParser* command = nullptr;
  std::vector<std::string> data;
  std::vector<std::string> backgrounds;
  RunArguments run{"runs/detector"};
  DetectorTrainOptions train;
  SceneOptions scenes;
};

DetectorPhotographs LoadPhotographs(const Arguments& arguments, const std::stop_token& stop) {
  Progress progress = ProgressOnStderr("pictures");
  const auto print_left_out = [&progress](const std::string& problem) {
    progress.Clear();
    PrintLeftOut(problem);
  };
  std::vector<DataSet> data;
  std::vector<BoxSet> boxes;
  for (const std::string& path : arguments.data) {
    if (IsBoxSet(path)) {
      boxes.push_back(ReadGroupedBoxSet(path, WorkOnStderr(stop).Watch()));
      for (const std::string& problem : boxes.back().problems) print_left_out(problem);
      continue;
    }
    data.push_back(ReadGroupedDataSet(path, WorkOnStderr(stop).Watch()));
    for (const std::string& problem : data.back().problems) print_left_out(problem);
  }
  SceneMaterial material =
      ReadSceneMaterial(data, boxes, {arguments.backgrounds, arguments.train.teacher, true, true},
                        ReadingOn(progress, print_left_out));
  progress.Clear();
  return SplitPhotographs(std::move(material.photographs), std::move(material.backgrounds),
                          arguments.train.validation_percent);
}

DetectorProgress ProgressOn(EpochLines& lines) {
  DetectorProgress sink;
  sink.on_message = [](const std::string& text) { Print("{}\n", text); };
  sink.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.batch, step.loss);
  };
  sink.on_epoch = [&lines](const DetectorEpoch& epoch) {
    lines.OnEpoch(
        epoch.epoch,
        fmt::format(
            "loss {:.4f}  validation loss {:.4f} (class {:.3f}, object {:.3f}, box {:.4f}, points "
            "{:.4f})  {:.0f} s, {:.0f} scenes/s",
            epoch.train_loss, epoch.validation_loss, epoch.validation_cls, epoch.validation_obj,
            epoch.validation_box, epoch.validation_points, epoch.seconds, epoch.scenes_per_s));
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
  std::error_code failure;  // writing the picture will name it
  std::filesystem::create_directories(job.out, failure);
  const std::string path = (job.out / "samples.png").string();
  WritePicture(path, DrawScenes(scenes));
  Print("samples: {}\n", path);
}

// Finds mistakes before the pictures are read, which takes minutes.
void CheckBeforeReading(const DetectorJob& job) {
  Validate(job.options);
  Validate(job.scenes);
  CheckOneProcess("the detector");
  CheckRunFolder(job.out, job.resume);
  if (!job.options.teacher.empty()) DetectorTeacher{job.options.teacher};
  std::error_code ignored;
  if (!job.options.init.empty() && !std::filesystem::exists(job.options.init, ignored)) {
    throw Error(
        fmt::format("the model {} of --init does not exist; check the path", job.options.init));
  }
}

int Train(const Arguments& arguments, const std::stop_token& stop) {
  DetectorJob job;
  job.options = arguments.train;
  job.scenes = arguments.scenes;
  job.out = arguments.run.out;
  job.resume = arguments.run.resume;
  job.may_raise_epochs = arguments.command->IsGiven("epochs");
  CheckBeforeReading(job);
  job.photographs = LoadPhotographs(arguments, stop);
  Print("photographs: {} to train on, {} held out; backgrounds: {} and {}\n",
        job.photographs.train.size(), job.photographs.validation.size(),
        job.photographs.train_backgrounds.size(), job.photographs.validation_backgrounds.size());
  EpochLines lines(job.options.epochs, "scenes");
  DetectorProgress progress = ProgressOn(lines);
  progress.on_start = [&job] { WriteSamples(job); };
  const DetectorReport report = RunDetectorTraining(job, progress, stop);
  if (report.stopped) return PrintStopped(report.history.size());
  Print("best epoch {}\nmodel: {}\n", report.best.epoch, report.model.string());
  return 0;
}

}  // namespace

CommandLine AddDetectorCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command = app.AddCommand("detector", "train the face detector");
  arguments->command = &command;
  command.AddOption(
      {.name = "data",
       .value = &arguments->data,
       .help = "Train on these data sets: with landmarks, or with a box around every face "
               "(.csv, or .txt in WIDER FACE's form).",
       .required = true});
  command.AddOption({"backgrounds", &arguments->backgrounds,
                     "Use pictures from these folders, which show no faces, as backgrounds."});
  AddRunOptions(command, arguments->run);
  command.AddOptions(arguments->train, "Training");
  command.AddOptions(arguments->scenes, "Scenes");
  return {&command, [arguments](std::stop_token stop) { return Train(*arguments, stop); }};
}

}  // namespace nosetip

#include <memory>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/commands.h"
#include "training/data/load_packs.h"
#include "training/eyes/eye_trainer.h"
#include "training/run/process_place.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

struct Arguments {
  const CommandParser* command = nullptr;
  std::string model = std::string(kAutoModel);
  std::vector<std::string> data;
  RunArguments run{"runs/eyes"};
  EyeTrainOptions train;
};

std::string FiguresText(const EyeEpoch& epoch) {
  return fmt::format(
      "openness error {:.4f}, correlation {:.3f}, slope {:.3f}, shut eyes at {:.3f}, points {:.3f} "
      "%",
      epoch.openness_mae, epoch.correlation, epoch.slope, epoch.shut_found, epoch.eye_nme);
}

EyeJob JobOf(const Arguments& arguments, const std::stop_token& stop) {
  EyeJob job;
  job.model = LandmarkFile(arguments.model);
  job.options = arguments.train;
  if (!job.options.init.empty()) job.options.init = LandmarkFile(job.options.init);
  job.out = arguments.run.out;
  job.resume = arguments.run.resume;
  job.may_raise_epochs = arguments.command->IsGiven("epochs");
  Validate(job.options);
  CheckOneProcess("the eye network");
  CheckRunFolder(job.out, job.resume);
  CheckEyeModels(job);
  const float margin = ReadModelInfo(job.model).crop_margin;
  for (const std::string& path : arguments.data) {
    job.packs.push_back(LoadFaces(
        path, {"ibug68", CropView::kFace, margin},
        [](const std::string& remark) { PrintNote(remark); }, WorkOnStderr(stop).Watch()));
  }
  return job;
}

int Train(const Arguments& arguments, const std::stop_token& stop) {
  const EyeJob job = JobOf(arguments, stop);
  EpochLines lines(job.options.epochs, "eyes");
  EyeProgress progress;
  progress.on_message = [](const std::string& text) { Print("{}\n", text); };
  progress.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.batch, step.loss);
  };
  progress.on_epoch = [&lines](const EyeEpoch& epoch) {
    lines.OnEpoch(epoch.epoch, fmt::format("loss {:.4f}  {}  {:.1f} s", epoch.train_loss,
                                           FiguresText(epoch), epoch.seconds));
  };
  const EyeReport report = RunEyeTraining(job, progress, stop);
  if (report.stopped) return PrintStopped(report.history.size());
  Print("without the eye network: {}\nbest epoch {}: {}\nmodel: {}\n", FiguresText(report.before),
        report.best.epoch, FiguresText(report.best), report.model.string());
  return 0;
}

}  // namespace

CommandLine AddEyesCommand(CommandParser& app) {
  auto arguments = std::make_shared<Arguments>();
  CommandParser& command =
      app.AddCommand("eyes", "train the network that corrects the eyes of a face68 model");
  arguments->command = &command;
  command.AddOption({"model", &arguments->model, kModelHelp});
  command.AddOption({.name = "data",
                     .value = &arguments->data,
                     .help = "Train on these packs (.safetensors) or, in a full build, data sets.",
                     .required = true});
  AddRunOptions(command, arguments->run);
  command.AddOptions(arguments->train, "Training");
  return {&command, [arguments](std::stop_token stop) { return Train(*arguments, stop); }};
}

}  // namespace nosetip

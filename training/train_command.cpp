#include <cstdio>
#include <memory>

#include "tracker/cli/cli_options.h"
#include "training/command_line.h"
#include "training/epoch_lines.h"
#include "training/load_packs.h"
#include "training/run_arguments.h"
#include "training/trainer.h"
#include "training/training_report.h"

namespace nosetip {
namespace {

struct Arguments {
  std::vector<std::string> data;
  RunArguments run{"runs/face68"};
  TrainOptions train;
  AugmentOptions augment;
};

TrainProgress ProgressOn(EpochLines& lines) {
  TrainProgress sink;
  sink.on_message = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  sink.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.loss);
  };
  sink.on_epoch = [&lines](const EpochStats& epoch) {
    char figures[200];
    std::snprintf(
        figures, sizeof(figures),
        "loss %.4f  validation loss %.4f  NME %.3f %%  %.0f s, %.0f faces/s, %.0f %% of it "
        "augmentation",
        epoch.train_loss, epoch.validation_loss, epoch.validation_nme, epoch.seconds,
        epoch.faces_per_s, 100.0 * epoch.augment_share);
    lines.OnEpoch(epoch.epoch, figures);
  };
  return sink;
}

int Train(const Arguments& arguments, const std::stop_token& stop) {
  TrainJob job;
  job.options = arguments.train;
  job.augment = arguments.augment;
  job.out = arguments.run.out;
  job.resume = arguments.run.resume;
  for (const std::string& path : arguments.data) job.packs.push_back(LoadFaces(path));
  EpochLines lines(job.options.epochs);
  const TrainReport report = RunTraining(job, ProgressOn(lines), stop);
  if (report.stopped) return SayStopped(report.history.size());
  std::printf("best epoch %d: NME %.3f %% on %zu held-out faces\nmodel: %s\n", report.best_epoch,
              report.best_nme, report.validation_faces, report.model.c_str());
  for (const std::string& path : WriteTrainingReport(job, report)) {
    std::printf("report: %s\n", path.c_str());
  }
  return 0;
}

}  // namespace

CommandLine AddFace68Command(CLI::App& app) {
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("face68", "train the 68-point network");
  command
      ->add_option("--data", arguments->data,
                   "packs (.ntp) or, in a full build, data sets; several are mixed")
      ->required();
  AddRunOptions(*command, arguments->run);
  AddOptions(*command, arguments->train, "Training");
  AddOptions(*command, arguments->augment, "Augmentation");
  return {command, [arguments](std::stop_token stop) { return Train(*arguments, stop); }};
}

}  // namespace nosetip

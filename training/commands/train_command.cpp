#include <cmath>
#include <cstdio>
#include <memory>

#include "tracker/cli/cli_options.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/command_line.h"
#include "training/data/load_packs.h"
#include "training/landmarks/recipes.h"
#include "training/landmarks/trainer.h"
#include "training/report/training_report.h"

namespace nosetip {
namespace {

struct Arguments {
  explicit Arguments(const LandmarkTask& wanted) : task(wanted) {
    const Recipe best = RecipeOf(task.name, recipe);
    train = best.train;
    augment = best.augment;
    run.out = "runs/" + std::string(task.name);
  }

  const LandmarkTask& task;
  const CLI::App* command = nullptr;
  std::vector<std::string> data;
  std::vector<std::string> rehearse;
  std::string recipe = "best";
  RunArguments run;
  TrainOptions train;
  AugmentOptions augment;
};

// What the command line leaves open is as the recipe has it.
template <typename Options>
Options Completed(const CLI::App& command, Options given, const Options& recipe) {
  for (const auto& field : Options::Fields()) {
    if (command.count("--" + std::string(field.name)) > 0) continue;
    std::visit([&](auto member) { given.*member = recipe.*member; }, field.member);
  }
  return given;
}

std::string ValidationText(const EpochStats& epoch) {
  char text[100];
  std::snprintf(text, sizeof(text), "MSE %.6f", epoch.validation_mse);
  std::string all = text;
  if (std::isfinite(epoch.validation_nme)) {
    std::snprintf(text, sizeof(text), "NME %.3f %%", epoch.validation_nme);
    all = text + ("  " + all);
  }
  return all;
}

TrainProgress ProgressOn(EpochLines& lines) {
  TrainProgress sink;
  sink.on_message = [](const std::string& text) { std::printf("%s\n", text.c_str()); };
  sink.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.batch, step.loss);
  };
  sink.on_epoch = [&lines](const EpochStats& epoch) {
    char figures[200];
    std::snprintf(figures, sizeof(figures),
                  "loss %.5g  validation loss %.5g  %s  %.1f s, %.0f faces/s, %.0f %% of it "
                  "augmentation",
                  epoch.train_loss, epoch.validation_loss, ValidationText(epoch).c_str(),
                  epoch.seconds, epoch.faces_per_s, 100.0 * epoch.augment_share);
    lines.OnEpoch(epoch.epoch, figures);
  };
  return sink;
}

int Train(const Arguments& arguments, const std::string& invocation, const std::stop_token& stop) {
  TrainJob job;
  Recipe recipe = RecipeOf(arguments.task.name, arguments.recipe);
  TrainOptions given = arguments.train;
  if (!given.init.empty()) given.init = LandmarkFile(given.init);
  recipe.train.init = given.init;
  recipe.train = WithShapeOfInit(recipe.train);
  job.options = WithShapeOfInit(Completed(*arguments.command, given, recipe.train));
  job.augment = Completed(*arguments.command, arguments.augment, recipe.augment);
  job.out = arguments.run.out;
  job.resume = arguments.run.resume;
  Validate(job.options);
  const WantedFaces wanted{std::string(arguments.task.schema), CropViewByName(job.options.view),
                           job.options.margin};
  const auto load = [&](const std::vector<std::string>& paths) {
    std::vector<FacePack> packs;
    for (const std::string& path : paths) {
      packs.push_back(LoadFaces(path, wanted, [](const std::string& remark) {
        std::fprintf(stderr, "%s\n", remark.c_str());
      }));
    }
    return packs;
  };
  job.packs = load(arguments.data);
  job.rehearsal = load(arguments.rehearse);
  job.options = WithHoldOutFor(job.options, job.packs);
  EpochLines lines(job.options.epochs, "faces");
  const TrainReport report = RunTraining(job, ProgressOn(lines), stop);
  if (report.stopped) return SayStopped(report.history.size());
  std::printf("best epoch %d: %s on %zu %s faces\nmodel: %s\n", report.best.epoch,
              ValidationText(report.best).c_str(), report.validation_faces,
              job.options.Validation().HoldsOut() ? "held-out" : "of its own training",
              report.model.c_str());
  for (const std::string& path : WriteTrainingReport(
           {std::string(arguments.task.name), job, report, arguments.data, invocation})) {
    std::printf("report: %s\n", path.c_str());
  }
  return 0;
}

}  // namespace

CommandLine AddLandmarkCommand(CLI::App& app, const LandmarkTask& task,
                               const std::string& invocation) {
  auto arguments = std::make_shared<Arguments>(task);
  CLI::App* command = app.add_subcommand(std::string(task.name), std::string(task.help));
  arguments->command = command;
  command
      ->add_option("--data", arguments->data,
                   "packs (.ntp) or, in a full build, data sets; several are mixed")
      ->required();
  command
      ->add_option("--recipe", arguments->recipe,
                   "what all options below are that are not given: best, whose values are shown, "
                   "original, or fine-tune, which goes on from --init with a few more faces")
      ->check(CLI::IsMember(RecipeNames()))
      ->capture_default_str();
  command->add_option("--rehearse", arguments->rehearse,
                      "the same of other people: half of each batch, so that they are not "
                      "forgotten; a fixed 12 % of their groups is left out");
  AddRunOptions(*command, arguments->run);
  AddOptions(*command, arguments->train, "Training");
  AddOptions(*command, arguments->augment, "Augmentation");
  return {command, [arguments, invocation](std::stop_token stop) {
            return Train(*arguments, invocation, stop);
          }};
}

}  // namespace nosetip

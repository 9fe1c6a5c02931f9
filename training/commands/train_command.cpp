#include <algorithm>
#include <cmath>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/model/model_lookup.h"
#include "training/commands/commands.h"
#include "training/data/load_packs.h"
#include "training/landmarks/settled_options.h"
#include "training/landmarks/trainer.h"
#include "training/report/training_report.h"
#include "training/run/run_folder.h"

namespace nosetip {
namespace {

// The recipe that a command line names; the default where it names none that there is.
std::string RecipeNamed(std::span<const char* const> arguments) {
  constexpr std::string_view kOption = "--recipe";
  std::string named;
  for (size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (word == kOption && i + 1 < arguments.size()) named = arguments[i + 1];
    if (word.starts_with("--recipe=")) named = word.substr(kOption.size() + 1);
  }
  const std::vector<std::string> names = RecipeNames();
  return std::ranges::count(names, named) > 0 ? named : names.front();
}

struct Arguments {
  Arguments(const LandmarkTask& wanted, const std::string& shown_recipe) : task(wanted) {
    const Recipe shown = RecipeOf(task.name, shown_recipe);
    train = shown.train;
    augment = shown.augment;
    run.out = "runs/" + std::string(task.name);
  }

  const LandmarkTask& task;
  const CommandParser* command = nullptr;
  std::vector<std::string> data;
  std::vector<std::string> rehearse;
  std::string recipe = "best";
  RunArguments run;
  TrainOptions train;
  AugmentOptions augment;
};

// Options that are not on the command line are the recipe's.
template <typename Options>
Options Completed(const CommandParser& command, Options given, const Options& recipe) {
  for (const auto& field : Options::Fields()) {
    if (command.IsGiven(std::string(field.name))) continue;
    std::visit([&](auto member) { given.*member = recipe.*member; }, field.member);
  }
  return given;
}

std::string ValidationText(const EpochStats& epoch) {
  const std::string mse = fmt::format("MSE {:.6f} of the input", epoch.validation_mse);
  if (!std::isfinite(epoch.validation_nme)) return mse;
  return fmt::format("NME {:.3f} %  {}", epoch.validation_nme, mse);
}

// The first of several processes speaks for all.
TrainProgress ProgressOn(EpochLines& lines, const ProcessPlace& place) {
  if (!place.IsFirst()) return {};
  TrainProgress sink;
  sink.on_message = [](const std::string& text) { Print("{}\n", text); };
  sink.on_step = [&lines](const StepStats& step) {
    lines.OnStep(step.epoch, step.step, step.steps, step.batch, step.loss);
  };
  sink.on_epoch = [&lines](const EpochStats& epoch) {
    lines.OnEpoch(
        epoch.epoch,
        fmt::format(
            "loss {:.5g}  validation loss {:.5g}  {}  {:.1f} s, {:.0f} faces/s, {:.0f} % of "
            "the time augmentation",
            epoch.train_loss, epoch.validation_loss, ValidationText(epoch), epoch.seconds,
            epoch.faces_per_s, 100.0 * epoch.augment_share));
  };
  return sink;
}

std::vector<FacePack> LoadAll(const std::vector<std::string>& paths, const WantedFaces& wanted,
                              const ProcessPlace& place, const std::stop_token& stop) {
  std::vector<FacePack> packs;
  for (const std::string& path : paths) {
    WorkOnStderr shown(stop);
    const auto remark = [&place](const std::string& text) {
      if (place.IsFirst()) PrintNote(text);
    };
    const OnWork silent = [&stop](std::string_view, size_t, size_t) {
      if (stop.stop_requested()) throw StopRequested();
    };
    packs.push_back(LoadFaces(path, wanted, remark, place.IsFirst() ? shown.Watch() : silent));
  }
  return packs;
}

TrainJob JobOf(const Arguments& arguments, const std::stop_token& stop) {
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
  job.may_raise_epochs = arguments.command->IsGiven("epochs");
  Validate(job.options);
  job.place = ThisProcess();
  if (job.place.IsFirst()) CheckRunFolder(job.out, job.resume);
  const WantedFaces wanted{std::string(arguments.task.schema), CropViewByName(job.options.view),
                           job.options.margin};
  job.packs = LoadAll(arguments.data, wanted, job.place, stop);
  job.rehearsal = LoadAll(arguments.rehearse, wanted, job.place, stop);
  job.options = WithHoldOutFor(job.options, job.packs);
  return job;
}

int Train(const Arguments& arguments, const std::string& invocation, const std::stop_token& stop) {
  const TrainJob job = JobOf(arguments, stop);
  EpochLines lines(job.options.epochs, "faces");
  const TrainReport report = RunTraining(job, ProgressOn(lines, job.place), stop);
  if (!job.place.IsFirst()) return report.stopped ? kExitStopped : 0;
  if (report.stopped) return PrintStopped(report.history.size());
  Print("best epoch {}: {} on {} {} faces\nmodel: {}\n", report.best.epoch,
        ValidationText(report.best), report.validation_faces,
        job.options.Validation().HoldsOut() ? "held-out" : "of its own training",
        report.model.string());
  // The mean of the faces that it is measured on would be hard to beat.
  if (job.options.Validation().HoldsOut()) {
    if (const std::string text = MeanFaceText(report); !text.empty()) PrintNote(text);
  }
  for (const std::string& path : WriteTrainingReport(
           {std::string(arguments.task.name), job, report, arguments.data, invocation})) {
    Print("report: {}\n", path);
  }
  return 0;
}

}  // namespace

CommandLine AddLandmarkCommand(CommandParser& app, const LandmarkTask& task,
                               std::span<const char* const> words) {
  auto arguments = std::make_shared<Arguments>(task, RecipeNamed(words));
  CommandParser& command = app.AddCommand(std::string(task.name), std::string(task.help));
  arguments->command = &command;
  command.AddOption({.name = "data",
                     .value = &arguments->data,
                     .help = "Train on these packs (.safetensors) or, in a full build, data sets.",
                     .required = true});
  command.AddOption({"recipe", &arguments->recipe,
                     "Set the defaults of the options below: best, original, or fine-tune (adapts "
                     "--init to a few more faces). --recipe NAME --help shows them."},
                    RecipeNames());
  command.AddOption({"rehearse", &arguments->rehearse,
                     "Fill half of each batch from this other data, so that the model does not "
                     "forget; 12 % of its groups are held out."});
  AddRunOptions(command, arguments->run);
  command.AddOptions(arguments->train, "Training");
  command.AddOptions(arguments->augment, "Augmentation");
  return {&command, [arguments, invocation = ShellCommand(words)](std::stop_token stop) {
            return Train(*arguments, invocation, stop);
          }};
}

}  // namespace nosetip

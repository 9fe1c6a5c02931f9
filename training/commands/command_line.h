// The commands of nosetip-train. Each adds its options to `app` and runs when it is parsed.
#pragma once

#include <chrono>
#include <cstdio>
#include <functional>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include <CLI/CLI.hpp>

#include "tracker/cli/progress.h"
#include "tracker/cli/stop_on_signal.h"
#include "training/detector/scenes/photograph.h"
#include "training/landmarks/recipes.h"

namespace nosetip {

// What a command of the program returns to the shell.
using CommandAction = std::function<int(std::stop_token)>;

struct CommandLine {
  CLI::App* app = nullptr;
  CommandAction run;
};

// Of an option that takes what LandmarkFile of tracker/model/model_lookup.h resolves.
inline constexpr const char* kModelHelp =
    "model file (.ntm), or a shipped one by its name: face68, face68-fast; auto is face68";

// `invocation` is the program's own command line, which its report repeats.
CommandLine AddLandmarkCommand(CLI::App& app, const LandmarkTask& task,
                               const std::string& invocation);
#ifndef NOSETIP_TRAINER_ONLY
CommandLine AddAverageCommand(CLI::App& app);
CommandLine AddBackgroundCommand(CLI::App& app);
CommandLine AddDetectorCommand(CLI::App& app);
CommandLine AddEvaluateDetectorCommand(CLI::App& app);
CommandLine AddExportCommand(CLI::App& app);
CommandLine AddInspectCommand(CLI::App& app);
CommandLine AddPackCommand(CLI::App& app);
CommandLine AddPredictCommand(CLI::App& app);
CommandLine AddRelabelCommand(CLI::App& app);
#endif
CommandLine AddEvaluateCommand(CLI::App& app);

// What the trainers' commands have in common.

struct RunArguments {
  std::string out;
  bool resume = false;
};

inline void AddRunOptions(CLI::App& command, RunArguments& run) {
  command.add_option("--out", run.out, "folder of the run")->capture_default_str();
  command.add_flag("--resume", run.resume, "go on with the run in --out");
}

// Says how to go on; gives the program's exit code.
inline int SayStopped(size_t epochs_done) {
  std::printf("\nstopped after epoch %zu; go on with the same command and --resume\n", epochs_done);
  return kExitStopped;
}

// Command lines as text.

// One word of a POSIX shell that means `argument`: as it is where that is safe, else in quotes.
std::string ShellQuote(std::string_view argument);

// The arguments of a program, itself first, as a line that a POSIX shell takes apart into them.
std::string ShellCommand(std::span<const char* const> arguments);

// How a training shows its progress on the terminal.

// One line that rewrites itself on a terminal; nothing between epochs elsewhere.
class EpochLines {
 public:
  // `unit` names what is learned from, such as "faces".
  EpochLines(int epochs, std::string unit);

  // After step `step` of `steps` (from 1) of an epoch (from 1), which took `batch` faces or the
  // like; `loss` is the epoch's mean so far.
  void OnStep(int epoch, int step, int steps, int batch, double loss);
  // `figures` follows the epoch's number.
  void OnEpoch(int epoch, const std::string& figures) const;

 private:
  int epochs_;
  std::string unit_;
  bool terminal_;
  int first_epoch_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

// Reading pictures, as lines on the terminal.

// `progress` must outlive what it gives.
inline ReadingProgress ReadingOn(Progress& progress,
                                 std::function<void(const std::string&)> on_problem) {
  ReadingProgress reading;
  reading.on_problem = std::move(on_problem);
  reading.on_set = [&progress](const std::string& name, size_t pictures) {
    const std::optional<int64_t> total(static_cast<int64_t>(pictures));
    progress.Start(name, pictures > 0 ? total : std::nullopt);
  };
  reading.on_picture = [&progress](size_t done) { progress.Update(static_cast<int64_t>(done)); };
  return reading;
}

}  // namespace nosetip

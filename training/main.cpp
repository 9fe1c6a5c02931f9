// nosetip-train: offline trainers and their tools.
#include <cstdio>
#include <exception>
#include <vector>

#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"
#include "training/commands/command_line.h"
#include "training/run/memory_reuse.h"

int main(int argc, char** argv) {
  nosetip::KeepFreedMemory();
  static nosetip::StopOnSignal stop(
      [] { std::fprintf(stderr, "\nstopping; once more ends the program at once\n"); });
  CLI::App app("Trains and measures Nosetip's networks");
  app.require_subcommand(1);
  std::vector<nosetip::CommandLine> commands;
  const std::string invocation = nosetip::ShellCommand({argv, static_cast<size_t>(argc)});
  for (const nosetip::LandmarkTask& task : nosetip::kLandmarkTasks) {
    commands.push_back(nosetip::AddLandmarkCommand(app, task, invocation));
  }
  commands.push_back(nosetip::AddEvaluateCommand(app));
#ifndef NOSETIP_TRAINER_ONLY
  commands.push_back(nosetip::AddAverageCommand(app));
  commands.push_back(nosetip::AddBackgroundCommand(app));
  commands.push_back(nosetip::AddDetectorCommand(app));
  commands.push_back(nosetip::AddEvaluateDetectorCommand(app));
  commands.push_back(nosetip::AddExportCommand(app));
  commands.push_back(nosetip::AddInspectCommand(app));
  commands.push_back(nosetip::AddPackCommand(app));
  commands.push_back(nosetip::AddPredictCommand(app));
  commands.push_back(nosetip::AddRelabelCommand(app));
#endif
  CLI11_PARSE(app, argc, argv);
  try {
    for (const auto& command : commands) {
      if (command.app->parsed()) return command.run(stop.token());
    }
  } catch (const nosetip::Error& error) {
    std::fprintf(stderr, "error: %s\n", error.what());
  } catch (const std::exception& error) {
    std::fprintf(stderr, "error: unexpected: %s\n", error.what());
  }
  return 1;
}

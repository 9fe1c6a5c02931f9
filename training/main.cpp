// nosetip-train: offline trainers and their tools.
#include <algorithm>
#include <cstdio>
#include <exception>
#include <iterator>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/stop_on_signal.h"
#include "training/commands/commands.h"
#include "training/run/memory_reuse.h"

int main(int argc, char** argv) {
  nosetip::KeepFreedMemory();
  static nosetip::StopOnSignal stop(
      [] { std::fputs("\nstopping; press Ctrl-C again to quit at once\n", stderr); });
  CLI::App app("Train and evaluate Nosetip's networks");
  app.require_subcommand(1);
  std::vector<nosetip::CommandLine> commands;
  const std::string invocation = nosetip::ShellCommand({argv, static_cast<size_t>(argc)});
  for (const nosetip::LandmarkTask& task : nosetip::kLandmarkTasks) {
    commands.push_back(nosetip::AddLandmarkCommand(app, task, invocation));
  }
  commands.push_back(nosetip::AddEvaluateCommand(app));
  std::ranges::move(nosetip::AddFullBuildCommands(app), std::back_inserter(commands));
  CLI11_PARSE(app, argc, argv);
  try {
    for (const auto& command : commands) {
      if (command.app->parsed()) return command.run(stop.token());
    }
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
  }
  return 1;
}

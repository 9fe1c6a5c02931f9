// nosetip-train: offline trainers and their tools.
#include <algorithm>
#include <exception>
#include <iterator>
#include <span>
#include <vector>

#include <fmt/core.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"
#include "tracker/core/error.h"
#include "training/commands/commands.h"
#include "training/data/watched_work.h"
#include "training/run/memory_reuse.h"

namespace {

int Run(int argc, char** argv) {
  static nosetip::StopOnSignal stop(
      [] { nosetip::PrintNote("\nstopping; press Ctrl-C again to quit at once"); });
  nosetip::CommandParser parser("Train and evaluate Nosetip's networks");
  std::vector<nosetip::CommandLine> commands;
  const std::span<const char* const> arguments(argv, static_cast<size_t>(argc));
  for (const nosetip::LandmarkTask& task : nosetip::kLandmarkTasks) {
    commands.push_back(nosetip::AddLandmarkCommand(parser, task, arguments));
  }
  commands.push_back(nosetip::AddEvaluateCommand(parser));
  commands.push_back(nosetip::AddEyesCommand(parser));
  std::ranges::move(nosetip::AddFullBuildCommands(parser), std::back_inserter(commands));
  if (const auto exit_code = parser.Parse(arguments)) return *exit_code;
  for (const auto& command : commands) {
    if (command.parser->IsChosen()) return command.run(stop.token());
  }
  return nosetip::kExitFailed;
}

}  // namespace

int main(int argc, char** argv) {
  nosetip::KeepFreedMemory();
  try {
    return Run(argc, argv);
  } catch (const nosetip::StopRequested&) {
    nosetip::Print("stopped; nothing was written\n");
    return nosetip::kExitStopped;
  } catch (const nosetip::Error& error) {
    nosetip::PrintError(error.what());
  } catch (const std::exception& error) {
    nosetip::PrintError("internal error: " + nosetip::FirstLine(error));
  }
  return nosetip::kExitFailed;
}

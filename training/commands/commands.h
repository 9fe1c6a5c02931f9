// The commands of nosetip-train. Each adds its options to `app` and runs when it is parsed.
#pragma once

#include <string>
#include <vector>

#include "training/commands/command_line.h"
#include "training/landmarks/recipes.h"

namespace nosetip {

// Those of a build of the trainer alone (NOSETIP_TRAINER_ONLY). `invocation` is the program's own
// command line, which the training's report repeats.
CommandLine AddLandmarkCommand(CLI::App& app, const LandmarkTask& task,
                               const std::string& invocation);
CommandLine AddEvaluateCommand(CLI::App& app);

// All below in a full build; none where the trainer is built alone.
std::vector<CommandLine> AddFullBuildCommands(CLI::App& app);

CommandLine AddAverageCommand(CLI::App& app);
CommandLine AddBackgroundCommand(CLI::App& app);
CommandLine AddDetectorCommand(CLI::App& app);
CommandLine AddEvaluateDetectorCommand(CLI::App& app);
CommandLine AddExportCommand(CLI::App& app);
CommandLine AddInspectCommand(CLI::App& app);
CommandLine AddPackCommand(CLI::App& app);
CommandLine AddPredictCommand(CLI::App& app);
CommandLine AddRelabelCommand(CLI::App& app);

}  // namespace nosetip

// The commands of nosetip-train. Each adds its options to `app` and runs when it is parsed.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "training/commands/command_line.h"
#include "training/landmarks/recipes.h"

namespace nosetip {

// Those of a build of the trainer alone (NOSETIP_TRAINER_ONLY). `arguments` is the program's own
// command line, which the training's report repeats. The help shows the values of the recipe that
// it names.
CommandLine AddLandmarkCommand(CommandParser& app, const LandmarkTask& task,
                               std::span<const char* const> arguments);
CommandLine AddEvaluateCommand(CommandParser& app);
CommandLine AddEyesCommand(CommandParser& app);

// All below in a full build; none where the trainer is built alone.
std::vector<CommandLine> AddFullBuildCommands(CommandParser& app);

CommandLine AddAverageCommand(CommandParser& app);
CommandLine AddBackgroundCommand(CommandParser& app);
CommandLine AddCompareCommand(CommandParser& app);
CommandLine AddDetectorCommand(CommandParser& app);
CommandLine AddEvaluateDetectorCommand(CommandParser& app);
CommandLine AddExportCommand(CommandParser& app);
CommandLine AddInspectCommand(CommandParser& app);
CommandLine AddPackCommand(CommandParser& app);
CommandLine AddPredictCommand(CommandParser& app);
CommandLine AddRelabelCommand(CommandParser& app);
CommandLine AddShapeCommand(CommandParser& app);

}  // namespace nosetip

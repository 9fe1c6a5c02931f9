#include "training/commands/commands.h"

namespace nosetip {

std::vector<CommandLine> AddFullBuildCommands(CommandParser& app) {
  return {AddAverageCommand(app),
          AddBackgroundCommand(app),
          AddCompareCommand(app),
          AddDetectorCommand(app),
          AddEvaluateDetectorCommand(app),
          AddExportCommand(app),
          AddInspectCommand(app),
          AddPackCommand(app),
          AddPredictCommand(app),
          AddRelabelCommand(app),
          AddShapeCommand(app)};
}

}  // namespace nosetip

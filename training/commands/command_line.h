// The commands of nosetip-train. Each adds its options to `app` and runs when it is parsed.
#pragma once

#include <functional>
#include <stop_token>
#include <string>

#include <CLI/CLI.hpp>

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

}  // namespace nosetip

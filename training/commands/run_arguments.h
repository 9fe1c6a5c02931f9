// What the trainers' commands have in common.
#pragma once

#include <cstdio>
#include <string>

#include <CLI/CLI.hpp>

#include "tracker/cli/stop_on_signal.h"

namespace nosetip {

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

}  // namespace nosetip

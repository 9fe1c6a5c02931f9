// What the commands of nosetip-train share: options, command lines as text, progress on the
// terminal.
#pragma once

#include <chrono>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>

#include "tracker/cli/command_parser.h"
#include "tracker/cli/progress.h"
#include "training/data/watched_work.h"

namespace nosetip {

// Returns the program's exit code.
using CommandAction = std::function<int(std::stop_token)>;

struct CommandLine {
  const CommandParser* parser = nullptr;
  CommandAction run;  // to call when it was chosen
};

// Help of options that take what LandmarkFile of tracker/model/model_lookup.h resolves.
inline constexpr const char* kModelHelp =
    "Use this model: a file, or face68, face68-fast, face58, nose or auto (face68).";

struct RunArguments {
  std::string out;  // the run's folder
  bool resume = false;
};
void AddRunOptions(CommandParser& command, RunArguments& run);

struct DeviceArguments {
  std::string device = "auto";
  std::string precision = "auto";
  int threads = 0;
};
// --device and --threads.
void AddDeviceOptions(CommandParser& command, DeviceArguments& arguments);
void AddPrecisionOption(CommandParser& command, DeviceArguments& arguments);

// One word of a POSIX shell that means `argument`, in quotes only where it needs them.
std::string ShellQuote(std::string_view argument);

// The arguments of a program, itself first, as a line that a POSIX shell takes apart into them.
std::string ShellCommand(std::span<const char* const> arguments);

// On the terminal, or the log, that the program's stderr is.
Progress ProgressOnStderr(const std::string& unit);

// Shows work on stderr until it ends, and ends it when a stop is requested.
class WorkOnStderr {
 public:
  explicit WorkOnStderr(std::stop_token stop) : stop_(std::move(stop)) {}
  ~WorkOnStderr() { progress_.Clear(); }
  WorkOnStderr(const WorkOnStderr&) = delete;
  WorkOnStderr& operator=(const WorkOnStderr&) = delete;

  // Valid as long as this.
  OnWork Watch();

 private:
  std::stop_token stop_;
  Progress progress_ = ProgressOnStderr("faces");
  std::string what_;
};

// To stderr, after the name of what was left out and the reason.
void PrintLeftOut(const std::string& problem);

// Prints how to resume; returns the program's exit code.
int PrintStopped(size_t epochs_done);

// A training's progress: one line that rewrites itself on a terminal; elsewhere a line per epoch.
class EpochLines {
 public:
  // `unit` is what is learned from, such as "faces".
  EpochLines(int epochs, std::string unit);

  // After step `step` of `steps` (from 1) of an epoch (from 1), which took `batch` faces or scenes;
  // `loss` is the epoch's mean so far.
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

}  // namespace nosetip

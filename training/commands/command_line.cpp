#include "training/commands/command_line.h"

#include <cstdio>
#include <utility>

#include <fmt/core.h>
#include <unistd.h>

#include "tracker/cli/messages.h"
#include "tracker/cli/stop_on_signal.h"

namespace nosetip {

void AddRunOptions(CommandParser& command, RunArguments& run) {
  command.AddOption({"out", &run.out, "Write the training to this folder."});
  command.AddOption({"resume", &run.resume, "Resume the training in --out."});
}

void AddDeviceOptions(CommandParser& command, DeviceArguments& arguments) {
  command.AddOption({"device", &arguments.device, "Run on this device: auto, cpu or cuda."});
  command.AddOption({"threads", &arguments.threads, "Use this many CPU threads; 0 for all cores."});
}

void AddPrecisionOption(CommandParser& command, DeviceArguments& arguments) {
  command.AddOption(
      {"precision", &arguments.precision,
       "Compute in this precision: auto (lower where the device is faster with it) or float32."});
}

std::string ShellQuote(std::string_view argument) {
  constexpr std::string_view kSafe =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_@%+=:,./-";
  if (!argument.empty() && argument.find_first_not_of(kSafe) == std::string_view::npos) {
    return std::string(argument);
  }
  std::string quoted = "'";
  for (const char c : argument) {
    if (c == '\'') {
      quoted += "'\\''";
    } else {
      quoted += c;
    }
  }
  return quoted + "'";
}

std::string ShellCommand(std::span<const char* const> arguments) {
  std::string command;
  for (const char* argument : arguments) {
    if (!command.empty()) command += ' ';
    command += ShellQuote(argument);
  }
  return command;
}

Progress ProgressOnStderr(const std::string& unit) {
  Progress::Options options = Progress::OnStderr();
  options.unit = unit;
  return Progress(options);
}

OnWork WorkOnStderr::Watch() {
  return [this](std::string_view what, size_t done, size_t total) {
    if (stop_.stop_requested()) throw StopRequested();
    if (what_ != what) progress_.Start(what_ = what, static_cast<int64_t>(total));
    progress_.Update(static_cast<int64_t>(done));
  };
}

void PrintLeftOut(const std::string& problem) { PrintNote("left out: " + problem); }

int PrintStopped(size_t epochs_done) {
  Print("\nstopped after epoch {}; to resume, repeat the command with --resume\n", epochs_done);
  return kExitStopped;
}

EpochLines::EpochLines(int epochs, std::string unit)
    : epochs_(epochs), unit_(std::move(unit)), terminal_(isatty(STDOUT_FILENO) == 1) {}

void EpochLines::OnStep(int epoch, int step, int steps, int batch, double loss) {
  if (!terminal_) return;
  if (first_epoch_ == 0) first_epoch_ = epoch;
  const double done = epoch - first_epoch_ + static_cast<double>(step) / steps;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  const double left_min = spent.count() / done * (epochs_ - first_epoch_ + 1 - done) / 60.0;
  const double rate = done * steps * batch / spent.count();
  std::fputs("\r", stdout);
  Print("epoch {}/{}, step {}/{}, loss {:.5g}, {:.0f} {}/s, {:.0f} min left   ", epoch, epochs_,
        step, steps, loss, rate, unit_, left_min);
  std::fflush(stdout);
}

void EpochLines::OnEpoch(int epoch, const std::string& figures) const {
  if (terminal_) std::fputs("\r\033[K", stdout);
  Print("epoch {:3}/{}  {}\n", epoch, epochs_, figures);
  std::fflush(stdout);
}

}  // namespace nosetip

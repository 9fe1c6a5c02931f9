#include "training/commands/command_line.h"

#include <cstdio>
#include <utility>

#include <unistd.h>

namespace nosetip {

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

EpochLines::EpochLines(int epochs, std::string unit)
    : epochs_(epochs), unit_(std::move(unit)), terminal_(isatty(STDOUT_FILENO) == 1) {}

void EpochLines::OnStep(int epoch, int step, int steps, int batch, double loss) {
  if (!terminal_) return;
  if (first_epoch_ == 0) first_epoch_ = epoch;
  const double done = epoch - first_epoch_ + static_cast<double>(step) / steps;
  const std::chrono::duration<double> spent = std::chrono::steady_clock::now() - start_;
  const double left_min = spent.count() / done * (epochs_ - first_epoch_ + 1 - done) / 60.0;
  const double rate = done * steps * batch / spent.count();
  std::printf("\repoch %d/%d, step %d/%d, loss %.5g, %.0f %s/s, %.0f min left   ", epoch, epochs_,
              step, steps, loss, rate, unit_.c_str(), left_min);
  std::fflush(stdout);
}

void EpochLines::OnEpoch(int epoch, const std::string& figures) const {
  std::printf("%sepoch %3d/%d  %s\n", terminal_ ? "\r\033[K" : "", epoch, epochs_, figures.c_str());
  std::fflush(stdout);
}

}  // namespace nosetip

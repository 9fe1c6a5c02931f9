// A program that this one runs.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <sys/types.h>

namespace nosetip {

struct ChildCommand {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  int input = 0;  // the file descriptor of its standard input
};

// Runs a program with this one's standard output and error. It has a process group of its own, so
// that Ctrl-C in a terminal does not reach it.
//
// Freeze, Thaw and Reap are called by one thread at a time. The destructor does not end the
// process. One that has ended but was not reaped stays in the process table until this program
// ends.
class ChildProcess {
 public:
  // Throws Error, naming the program, where it cannot be started.
  explicit ChildProcess(const ChildCommand& command);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return id_; }

  // Suspend and resume it. No effect once it was reaped.
  void Freeze() const;
  void Thaw() const;

  // Waits until it has ended, without reaping it; false after the time is up.
  bool WaitForEnd(std::chrono::milliseconds at_most) const;
  // How it ended, in words, such as "was stopped by signal 9 (Killed)"; nothing while it runs.
  std::optional<std::string> Reap();

 private:
  pid_t id_ = -1;
  std::optional<std::string> end_;
};

}  // namespace nosetip

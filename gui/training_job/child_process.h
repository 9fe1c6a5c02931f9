// A program that works for this one.
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
  int input = 0;  // the descriptor that it sees as its standard input
};

// Runs a program. Its standard output and error are those of this one. It is in this program's
// session but in a process group of its own, so that Ctrl-C in a terminal does not reach it.
//
// Freeze, Thaw and Reap are called by one thread at a time. The destructor does not end it. One
// that has ended and was not waited for stays in the system's table until this program ends.
class ChildProcess {
 public:
  // Throws Error, naming the program, where it cannot be started.
  explicit ChildProcess(const ChildCommand& command);
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t id() const { return id_; }

  // Stops it wherever it is, and lets it go on. No effect on one that was reaped.
  void Freeze() const;
  void Thaw() const;

  // Waits until it has ended, without reaping it; false where it has not by then.
  bool WaitForEnd(std::chrono::milliseconds at_most) const;
  // How it ended, in words, such as "was ended by signal 9 (Killed)"; nothing while it runs.
  std::optional<std::string> Reap();

 private:
  pid_t id_ = -1;
  std::optional<std::string> end_;
};

}  // namespace nosetip

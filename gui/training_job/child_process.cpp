#include "gui/training_job/child_process.h"

#include <cerrno>
#include <csignal>
#include <cstring>
#include <system_error>

#include <fmt/core.h>
#include <poll.h>
#include <spawn.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tracker/core/error.h"

extern char** environ;

namespace nosetip {
namespace {

// What posix_spawn sets up in the new process.
class SpawnSettings {
 public:
  SpawnSettings() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;

  // Returns the error, or 0.
  int Spawn(const ChildCommand& command, pid_t& id) {
    posix_spawn_file_actions_adddup2(&actions_, command.input, STDIN_FILENO);
    // The new process would inherit signals that this program blocks or ignores.
    sigset_t none;
    sigemptyset(&none);
    posix_spawnattr_setsigmask(&attributes_, &none);
    sigset_t handled;
    sigemptyset(&handled);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP, SIGPIPE}) sigaddset(&handled, signal);
    posix_spawnattr_setsigdefault(&attributes_, &handled);
    const int flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
    posix_spawnattr_setflags(&attributes_, static_cast<short>(flags));
    std::string program = command.program.string();
    std::vector<std::string> arguments = command.arguments;
    std::vector<char*> argv = {program.data()};
    for (std::string& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    return posix_spawn(&id, program.c_str(), &actions_, &attributes_, argv.data(), environ);
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

ChildProcess::ChildProcess(const ChildCommand& command) {
  const int problem = SpawnSettings().Spawn(command, id_);
  if (problem != 0) {
    throw Error(fmt::format(
        "cannot start {} ({}); it must be in the folder of nosetip: install or build both",
        command.program.string(), std::generic_category().message(problem)));
  }
}

void ChildProcess::Freeze() const {
  if (!end_) kill(id_, SIGSTOP);
}

void ChildProcess::Thaw() const {
  if (!end_) kill(id_, SIGCONT);
}

bool ChildProcess::WaitForEnd(std::chrono::milliseconds at_most) const {
  // glibc 2.36 has no C++ declaration of pidfd_open.
  const int process = static_cast<int>(syscall(SYS_pidfd_open, id_, 0));
  if (process < 0) return errno == ESRCH;
  pollfd ended{process, POLLIN, 0};
  const int count = poll(&ended, 1, static_cast<int>(at_most.count()));
  close(process);
  return count == 1;
}

std::optional<std::string> ChildProcess::Reap() {
  int status = 0;
  if (end_ || waitpid(id_, &status, WNOHANG) != id_) return end_;
  if (WIFSIGNALED(status)) {
    const int signal = WTERMSIG(status);
    end_ = fmt::format("was stopped by signal {} ({})", signal, strsignal(signal));
  } else {
    end_ = fmt::format("ended with exit code {}", WEXITSTATUS(status));
  }
  return end_;
}

}  // namespace nosetip

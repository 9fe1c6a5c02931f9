#include "tracker/cli/stop_on_signal.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <utility>

#include <unistd.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// A signal handler reaches nothing but what is static. Blocking the signals and waiting for them
// would need no handler, but libraries start threads before main that do not inherit the block.
std::array<int, 2> pipe_fds = {-1, -1};
std::atomic<int> signals_seen = 0;

constexpr char kSignalled = 's';
constexpr char kEnd = 'e';

void OnSignal(int signal) {
  if (signals_seen.fetch_add(1) > 0) _exit(128 + signal);
  const int saved_errno = errno;
  [[maybe_unused]] const ssize_t written = write(pipe_fds[1], &kSignalled, 1);
  errno = saved_errno;
}

char ReadPipe() {
  char received = kEnd;
  while (read(pipe_fds[0], &received, 1) < 0 && errno == EINTR) {
  }
  return received;
}

}  // namespace

StopOnSignal::StopOnSignal(std::function<void()> on_first) {
  Check(pipe_fds[0] < 0, "one StopOnSignal a program");
  if (pipe(pipe_fds.data()) != 0) throw Error("no pipe can be made: too many open files");
  waiting_ = std::thread([this, on_first = std::move(on_first)] {
    if (ReadPipe() == kEnd) return;
    on_first();
    stop_.request_stop();
  });
  struct sigaction action = {};
  action.sa_handler = OnSignal;
  action.sa_flags = SA_RESTART;
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

StopOnSignal::~StopOnSignal() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  [[maybe_unused]] const ssize_t written = write(pipe_fds[1], &kEnd, 1);
  waiting_.join();
  for (int& fd : pipe_fds) {
    close(fd);
    fd = -1;
  }
  signals_seen = 0;
}

}  // namespace nosetip

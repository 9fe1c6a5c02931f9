#include "tracker/cli/stop_on_signal.h"

#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdint>
#include <ctime>
#include <utility>

#include <unistd.h>

#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"

namespace nosetip {
namespace {

// A signal handler can use only static variables. Blocking the signals and waiting for them
// would need no handler, but libraries start threads before main that do not inherit the block.
std::array<int, 2> pipe_fds = {-1, -1};
std::atomic<int64_t> first_ns = 0;  // when the first signal came; 0 for none yet

// `timeout` and others signal the program and, at the same time, its whole process group.
constexpr int64_t kSameRequestNs = 300'000'000;

constexpr char kSignalled = 's';
constexpr char kEnd = 'e';

int64_t NowNs() {
  timespec now{};
  clock_gettime(CLOCK_MONOTONIC, &now);
  return 1'000'000'000 * int64_t{now.tv_sec} + now.tv_nsec;
}

void OnSignal(int signal) {
  int64_t before = 0;
  const int64_t now = NowNs();
  if (!first_ns.compare_exchange_strong(before, now)) {
    if (now - before < kSameRequestNs) return;
    _exit(128 + signal);
  }
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
  Check(pipe_fds[0] < 0, "one StopOnSignal per program");
  if (pipe(pipe_fds.data()) != 0)
    throw Error("cannot create a pipe for signals: too many open files; raise ulimit -n");
  waiting_ = StartThread([this, on_first = std::move(on_first)] {
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
  first_ns = 0;
}

}  // namespace nosetip

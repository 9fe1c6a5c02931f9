// Ctrl-C as a request to stop instead of the end of the program.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace nosetip {

// The first SIGINT or SIGTERM requests a stop, so that the program can finish its files. Another
// one ends the program at once, unless it comes within 0.3 s of the first, as the two that
// `timeout` sends. One per program, made at the start of main.
class StopOnSignal {
 public:
  // `on_first` runs on a thread of its own at the first signal.
  explicit StopOnSignal(std::function<void()> on_first);
  ~StopOnSignal();
  StopOnSignal(const StopOnSignal&) = delete;
  StopOnSignal& operator=(const StopOnSignal&) = delete;

  std::stop_token token() const { return stop_.get_token(); }

 private:
  std::stop_source stop_;
  std::jthread waiting_;
};

// What a program returns to the shell when it was stopped: 128 + SIGINT, as shells have it.
inline constexpr int kExitStopped = 130;

}  // namespace nosetip

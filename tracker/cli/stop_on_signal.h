// Ctrl-C as a wish to stop, not as an end.
#pragma once

#include <functional>
#include <stop_token>
#include <thread>

namespace nosetip {

// The first SIGINT or SIGTERM requests a stop, so that the program can finish its files; a second
// one ends the program at once, but for what comes within 0.3 s of the first, such as the two that
// `timeout` sends. One a program, made at the start of main.
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
  std::thread waiting_;
};

// What a program returns to the shell when it was stopped: 128 + SIGINT, as shells have it.
inline constexpr int kExitStopped = 130;

}  // namespace nosetip

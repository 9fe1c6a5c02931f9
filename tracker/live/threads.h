// A thread that can be left behind.
#pragma once

#include <chrono>
#include <future>
#include <stop_token>
#include <thread>
#include <utility>

#include "tracker/core/start_thread.h"

namespace nosetip {

// A thread that can be left behind where a call in it does not return. Otherwise like std::jthread,
// which requests a stop and joins when it is destroyed. The body must own all that it uses.
class LeavableThread {
 public:
  // Runs body(stop_token). Throws Error where the system allows no further thread.
  template <typename Body>
  explicit LeavableThread(Body body) {
    std::promise<void> ended;
    ended_ = ended.get_future();
    thread_ = StartThread(
        [body = std::move(body), ended = std::move(ended)](const std::stop_token& stop) mutable {
          body(stop);
          ended.set_value();
        });
  }

  void RequestStop() { thread_.request_stop(); }
  bool HasEnded() const {
    return ended_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  // Call once, after RequestStop. Waits for the end until `give_up`; false where it was left
  // behind.
  bool JoinOrLeave(std::chrono::steady_clock::time_point give_up) {
    if (ended_.wait_until(give_up) == std::future_status::ready) {
      thread_.join();
      return true;
    }
    thread_.detach();
    return false;
  }

 private:
  std::future<void> ended_;
  std::jthread thread_;
};

}  // namespace nosetip

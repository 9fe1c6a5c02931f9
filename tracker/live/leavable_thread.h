// A thread that may be in a call that does not return.
#pragma once

#include <chrono>
#include <future>
#include <stop_token>
#include <thread>
#include <utility>

namespace nosetip {

// Stops and waits when it is destroyed, as std::jthread, if it was not left before. A body that may
// be left must own all that it uses.
class LeavableThread {
 public:
  // Runs body(stop_token).
  template <typename Body>
  explicit LeavableThread(Body body) {
    std::promise<void> ended;
    ended_ = ended.get_future();
    thread_ = std::jthread(
        [body = std::move(body), ended = std::move(ended)](const std::stop_token& stop) mutable {
          body(stop);
          ended.set_value();
        });
  }

  void RequestStop() { thread_.request_stop(); }
  bool HasEnded() const {
    return ended_.wait_for(std::chrono::seconds(0)) == std::future_status::ready;
  }

  // After RequestStop, once: waits for its end until `give_up`. False where it was left to itself.
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

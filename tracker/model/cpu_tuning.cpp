#include "tracker/model/cpu_tuning.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nosetip {
namespace {

constexpr double kWorthwhileGain = 1.2;  // twice the threads must be this much faster
constexpr double kEnough = 3.0;          // times what one thread took: the start is not to wait
constexpr double kTooSlow = 2.0;         // times what one thread took
constexpr int kSlowCallsInARow = 4;      // one may be the first with a new number of pictures

std::string Times(double factor) {
  const auto tenths = static_cast<int>(std::lround(10.0 * std::min(factor, 1000.0)));
  return std::to_string(tenths / 10) + '.' + std::to_string(tenths % 10) + " times";
}

std::string Threads(int n) { return std::to_string(n) + (n == 1 ? " thread" : " threads"); }

}  // namespace

ThreadChoice::ThreadChoice(const ThreadWish& wanted, int cores, const MeasureMs& measure_ms) {
  if (wanted.threads > 0) {
    threads_ = wanted.threads;
    reason_ = wanted.reason;
    return;
  }
  if (cores <= 1) {
    reason_ = "all that this machine has cores for";
    return;
  }
  one_thread_ms_ = measure_ms(1, std::numeric_limits<double>::max());
  picture_ms_ = one_thread_ms_;
  while (threads_ < cores) {
    const int more = std::min(2 * threads_, cores);
    const double enough_ms = kEnough * one_thread_ms_;
    const double ms = measure_ms(more, enough_ms);
    if (ms * kWorthwhileGain > picture_ms_) {
      // It may have been stopped there.
      const std::string took = ms >= enough_ms ? " took over " : " took ";
      reason_ = Threads(more) + took + Times(ms / picture_ms_) + " as long at the start";
      return;
    }
    picture_ms_ = ms;
    threads_ = more;
  }
  reason_ = Times(one_thread_ms_ / picture_ms_) + " as fast as one at the start";
}

void ThreadChoice::Took(double ms, int pictures) {
  if (one_thread_ms_ <= 0.0 || threads_ == 1) return;
  const bool slow = ms > kTooSlow * one_thread_ms_ * pictures;
  slow_calls_ = slow ? slow_calls_ + 1 : 0;
  if (slow_calls_ < kSlowCallsInARow) return;
  slow_calls_ = 0;
  reason_ = Threads(threads_) + " were too slow beside other work";
  threads_ /= 2;
}

}  // namespace nosetip

#include "training/data/on_all_cores.h"

#include <algorithm>
#include <exception>
#include <mutex>

#include <opencv2/core.hpp>

namespace nosetip {

void OnAllCores(size_t count, const std::function<void(size_t)>& work,
                const std::function<void(size_t)>& on_done) {
  // Between two calls of `on_done` each core works on a few.
  const size_t at_once = 4 * static_cast<size_t>(std::max(1, cv::getNumThreads()));
  std::mutex mutex;
  std::exception_ptr failure;
  for (size_t first = 0; first < count; first += at_once) {
    const size_t end = std::min(first + at_once, count);
    const cv::Range range(static_cast<int>(first), static_cast<int>(end));
    cv::parallel_for_(
        range,
        [&](const cv::Range& some) {
          try {
            for (int i = some.start; i < some.end; ++i) work(static_cast<size_t>(i));
          } catch (...) {
            const std::lock_guard lock(mutex);
            failure = std::current_exception();
          }
        },
        static_cast<double>(at_once));
    if (failure) std::rethrow_exception(failure);
    on_done(end);
  }
}

}  // namespace nosetip

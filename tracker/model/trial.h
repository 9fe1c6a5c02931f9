// How long a piece of work takes. Free of LibTorch.
#pragma once

#include <functional>
#include <limits>
#include <utility>

namespace nosetip {

// Measures one piece of work in several ways, such as a picture on several numbers of threads. One
// thread at a time.
class Trial {
 public:
  // Does the work; false where it gave up, as `limit_ms` had gone by.
  using Work = std::function<bool(double limit_ms)>;
  static constexpr double kNoLimit = std::numeric_limits<double>::max();

  Trial();
  explicit Trial(std::function<double()> now_ms) : now_ms_(std::move(now_ms)) {}

  // The least of a few runs after one that prepares kernels. No more of them once one is as fast as
  // the least before. Runs end after `enough_ms` and, since others prepare kernels too, what the
  // first run of this trial took; work that is not through by then is told to give up. Where none
  // got through, how long it lasted.
  double LeastMs(const Work& work, double enough_ms);

 private:
  std::function<double()> now_ms_;
  double first_run_ms_ = 0.0;  // of the trial: mostly kernels that are prepared
};

}  // namespace nosetip

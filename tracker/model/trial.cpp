#include "tracker/model/trial.h"

#include <algorithm>
#include <chrono>

namespace nosetip {
namespace {

constexpr int kMostRuns = 4;
constexpr double kAsFast = 1.1;  // times the least

double SteadyMs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

}  // namespace

Trial::Trial() : Trial(SteadyMs) {}

double Trial::LeastMs(const Work& work, double enough_ms) {
  const double start_ms = now_ms_();
  const double limit_ms = enough_ms + first_run_ms_;
  double least_ms = kNoLimit;
  double lasted_ms = 0.0;
  for (int run = 0; run < kMostRuns && lasted_ms < limit_ms; ++run) {
    const bool through = work(limit_ms - lasted_ms);
    const double run_ms = now_ms_() - start_ms - lasted_ms;
    lasted_ms += run_ms;
    // What it took to give up says nothing of a run.
    if (!through) return std::min(least_ms, lasted_ms);
    if (first_run_ms_ == 0.0) first_run_ms_ = run_ms;
    const bool again = run > 1 && run_ms <= kAsFast * least_ms && least_ms <= kAsFast * run_ms;
    least_ms = std::min(least_ms, run_ms);
    if (again) break;
  }
  return least_ms;
}

}  // namespace nosetip

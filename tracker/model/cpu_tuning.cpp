#include "tracker/model/cpu_tuning.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <initializer_list>
#include <limits>
#include <string_view>

#include <fmt/core.h>

namespace nosetip {
namespace {

constexpr double kWorthwhileGain = 1.2;  // twice the threads must be this much faster
constexpr double kEnough = 3.0;          // times what one thread took: do not delay the start
constexpr double kTooSlow = 2.0;         // times what one thread took
constexpr int kSlowCallsInARow = 4;      // one may be the first with a new number of pictures
constexpr int kMaxRuns = 4;
constexpr double kAsFast = 1.1;  // times the least

std::string Times(double factor) {
  return fmt::format("{:.1f} times", std::round(10.0 * std::min(factor, 1000.0)) / 10.0);
}

std::string Threads(int n) { return fmt::format("{} {}", n, n == 1 ? "thread" : "threads"); }

double SteadyMs() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration<double, std::milli>(now).count();
}

// `names`: parts of the names of the instruction sets that have the wanted instructions.
bool OnednnMayUse(std::initializer_list<std::string_view> names) {
  const char* limit = std::getenv("ONEDNN_MAX_CPU_ISA");
  if (limit == nullptr) limit = std::getenv("DNNL_MAX_CPU_ISA");  // its older name
  if (limit == nullptr) return true;
  const std::string_view text = limit;
  if (text.empty() || text == "ALL" || text == "DEFAULT") return true;
  return std::ranges::any_of(
      names, [&](std::string_view name) { return text.find(name) != std::string_view::npos; });
}

}  // namespace

ThreadChoice::ThreadChoice(const ThreadRequest& wanted, int cores, const MeasureMs& measure_ms) {
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
      // From there on the measurement may have been stopped.
      reason_ = fmt::format("{} took {}{} as long at the start", Threads(more),
                            ms >= enough_ms ? "over " : "", Times(ms / picture_ms_));
      return;
    }
    picture_ms_ = ms;
    threads_ = more;
  }
  reason_ = Times(one_thread_ms_ / picture_ms_) + " as fast as one at the start";
}

void ThreadChoice::ReportTime(double ms, int pictures) {
  if (one_thread_ms_ <= 0.0 || threads_ == 1) return;
  const bool slow = ms > kTooSlow * one_thread_ms_ * pictures;
  slow_calls_ = slow ? slow_calls_ + 1 : 0;
  if (slow_calls_ < kSlowCallsInARow) return;
  slow_calls_ = 0;
  reason_ = Threads(threads_) + " were too slow beside other work";
  threads_ /= 2;
}

Trial::Trial() : Trial(SteadyMs) {}

double Trial::MinMs(const Work& work, double enough_ms) {
  const double start_ms = now_ms_();
  const double limit_ms = enough_ms + first_run_ms_;
  double least_ms = kNoLimit;
  double lasted_ms = 0.0;
  for (int run = 0; run < kMaxRuns && lasted_ms < limit_ms; ++run) {
    const bool through = work(limit_ms - lasted_ms);
    const double run_ms = now_ms_() - start_ms - lasted_ms;
    lasted_ms += run_ms;
    // A run that gave up is not a measurement.
    if (!through) return std::min(least_ms, lasted_ms);
    if (first_run_ms_ == 0.0) first_run_ms_ = run_ms;
    const bool again = run > 1 && run_ms <= kAsFast * least_ms && least_ms <= kAsFast * run_ms;
    least_ms = std::min(least_ms, run_ms);
    if (again) break;
  }
  return least_ms;
}

#if defined(__x86_64__) && defined(__linux__)

bool HasBfloat16Tiles() {
  __builtin_cpu_init();
  return __builtin_cpu_supports("amx-bf16") != 0 && __builtin_cpu_supports("amx-tile") != 0 &&
         OnednnMayUse({"AMX"});
}

bool HasInt8Products() {
  __builtin_cpu_init();
  const bool of_avx512 = __builtin_cpu_supports("avx512vnni") != 0;
  const bool of_avx = __builtin_cpu_supports("avxvnni") != 0;
  return (of_avx512 && OnednnMayUse({"AVX512_CORE_VNNI", "BF16", "FP16", "AMX", "AVX10"})) ||
         (of_avx && OnednnMayUse({"VNNI", "BF16", "FP16", "AMX", "AVX10"}));
}

#else

bool HasBfloat16Tiles() { return false; }
bool HasInt8Products() { return false; }

#endif

}  // namespace nosetip

// How many threads a network runs on, and which instructions the CPU has for it. Free of LibTorch.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace nosetip {

// How many threads are wanted, 0 for the fastest number, and why.
struct ThreadRequest {
  int threads = 0;
  std::string reason = "as asked for";
};

// More threads are faster only while each of them has a core: LibTorch's threads wait for each
// other many times per picture, and one that has lost its core to another program delays all. So
// the count is measured, and lowered for good when it turns out slow. One thread at a time.
class ThreadChoice {
 public:
  // How long one picture takes on so many threads; may stop and return any larger time once
  // `enough_ms` have passed.
  using MeasureMs = std::function<double(int threads, double enough_ms)>;

  // The wanted threads, where that is above 0. Else the count, up to `cores`, at which a picture
  // takes least. More are taken only where they are much faster, since other work needs cores too.
  ThreadChoice(const ThreadRequest& wanted, int cores, const MeasureMs& measure_ms);

  int threads() const { return threads_; }
  // The time of a picture on them when they were chosen; 0 where it was not measured.
  double picture_ms() const { return picture_ms_; }
  // What was chosen and why: "2 of 2 cores: 1.8 times as fast as one".
  const std::string& reason() const { return reason_; }

  // Reports how long the `pictures` of one call took. Halves the count, down to 1, after several
  // calls that were much slower than the measurement with one thread. Does nothing for a wanted
  // count.
  void ReportTime(double ms, int pictures);

 private:
  int threads_ = 1;
  std::string reason_;
  double picture_ms_ = 0.0;
  double one_thread_ms_ = 0.0;  // a picture; 0 where it was not measured
  int slow_calls_ = 0;          // in a row
};

// Measures one piece of work in several ways, such as a picture on several numbers of threads. One
// thread at a time.
class Trial {
 public:
  // Does the work; false where it gave up, as `limit_ms` had gone by.
  using Work = std::function<bool(double limit_ms)>;
  static constexpr double kNoLimit = std::numeric_limits<double>::max();

  Trial();
  explicit Trial(std::function<double()> now_ms) : now_ms_(std::move(now_ms)) {}

  // The least of a few runs after one that prepares kernels. Stops once a run is as fast as the
  // least before. All runs together take at most `enough_ms` and, for kernels to be prepared, the
  // time of the first run of this trial; work that takes longer is told to give up. Where no run
  // finished, the time until then.
  double MinMs(const Work& work, double enough_ms);

 private:
  std::function<double()> now_ms_;
  double first_run_ms_ = 0.0;  // of the trial: mostly kernels that are prepared
};

// The two below are false where the environment keeps oneDNN from using these instructions
// (ONEDNN_MAX_CPU_ISA=AVX512_CORE_VNNI: no tiles).

// Whether the CPU multiplies matrices of bfloat16 in tiles (Intel's AMX) and the system lets
// programs do so. Then oneDNN is several times as fast in bfloat16 as in float32; with AVX-512's
// instructions for bfloat16 alone it is slower.
bool HasBfloat16Tiles();

// Whether the CPU adds up products of 8-bit integers with one instruction (VNNI, of AVX-512 or
// AVX), as Intel's processors do since 2019 to 2021 and AMD's since 2022. Then oneDNN is about
// twice as fast in 8 bits as in float32; without it hardly faster.
bool HasInt8Products();

}  // namespace nosetip

// How many threads a network runs on. Free of LibTorch.
#pragma once

#include <functional>
#include <limits>
#include <string>
#include <utility>

namespace nosetip {

// How many threads are asked for, 0 to leave it open, and why so many.
struct ThreadWish {
  int threads = 0;
  std::string reason = "as asked for";
};

// More threads are faster only while each of them has a core: LibTorch's wait for each other many
// times a picture, and one that has lost its core to another program holds up all. So the count is
// measured, and lowered for good when it turns out slow. One thread at a time.
class ThreadChoice {
 public:
  // How long one picture takes on so many threads; once `enough_ms` have gone by with it, any time
  // from there on will do.
  using MeasureMs = std::function<double(int threads, double enough_ms)>;

  // The wanted threads, where that is above 0. Else the count, up to `cores`, at which a picture
  // takes least. More are taken only where they gain a good deal, since other work needs cores too.
  ThreadChoice(const ThreadWish& wanted, int cores, const MeasureMs& measure_ms);

  int threads() const { return threads_; }
  // What a picture took on them when they were chosen; 0 where it was not measured.
  double picture_ms() const { return picture_ms_; }
  // What was chosen and why: "2 of 2 cores: 1.8 times as fast as one".
  const std::string& reason() const { return reason_; }

  // So long did the `pictures` of one call take. Halves the count, down to 1, after several calls
  // that were much slower than the one thread that was measured. Does nothing for a wanted count.
  void Took(double ms, int pictures);

 private:
  int threads_ = 1;
  std::string reason_;
  double picture_ms_ = 0.0;
  double one_thread_ms_ = 0.0;  // a picture; 0 where it was not measured
  int slow_calls_ = 0;          // in a row
};

// How long a piece of work takes.

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

// What the processor can do that decides how networks run: no where the environment keeps oneDNN
// from it (ONEDNN_MAX_CPU_ISA=AVX512_CORE_VNNI: no tiles).

// Whether it multiplies matrices of bfloat16 in tiles (Intel's AMX) and the system lets programs do
// so. Then oneDNN is several times as fast in bfloat16 as in float32; with AVX-512's instructions
// for bfloat16 alone it is slower.
bool HasBfloat16Tiles();

// Whether it adds up products of 8-bit integers with one instruction (VNNI, of AVX-512 or AVX), as
// Intel's processors do since 2019 to 2021 and AMD's since 2022. Then oneDNN is about twice as fast
// in 8 bits as in float32; without it hardly faster.
bool HasInt8Products();

}  // namespace nosetip

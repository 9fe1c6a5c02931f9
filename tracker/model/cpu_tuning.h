// How many threads a network runs on. Free of LibTorch.
#pragma once

#include <functional>
#include <string>

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

}  // namespace nosetip

// How a training shows its progress on the terminal.
#pragma once

#include <chrono>
#include <string>

namespace nosetip {

// One line that rewrites itself on a terminal; nothing between epochs elsewhere.
class EpochLines {
 public:
  // A step takes `batch` of what `unit` names, such as "faces".
  EpochLines(int epochs, int batch, std::string unit);

  // After step `step` of `steps` (from 1) of an epoch (from 1); `loss` is the epoch's mean so far.
  void OnStep(int epoch, int step, int steps, double loss);
  // `figures` follows the epoch's number.
  void OnEpoch(int epoch, const std::string& figures) const;

 private:
  int epochs_;
  int batch_;
  std::string unit_;
  bool terminal_;
  int first_epoch_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace nosetip

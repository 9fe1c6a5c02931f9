// How a training shows its progress on the terminal.
#pragma once

#include <chrono>
#include <string>

namespace nosetip {

// One line that rewrites itself on a terminal; nothing between epochs elsewhere.
class EpochLines {
 public:
  // `unit` names what is learned from, such as "faces".
  EpochLines(int epochs, std::string unit);

  // After step `step` of `steps` (from 1) of an epoch (from 1), which took `batch` faces or the
  // like; `loss` is the epoch's mean so far.
  void OnStep(int epoch, int step, int steps, int batch, double loss);
  // `figures` follows the epoch's number.
  void OnEpoch(int epoch, const std::string& figures) const;

 private:
  int epochs_;
  std::string unit_;
  bool terminal_;
  int first_epoch_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace nosetip

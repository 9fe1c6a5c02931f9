// What a training reports while it runs. Free of LibTorch.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace nosetip {

struct StepStats {
  int epoch = 0;      // from 1
  int step = 0;       // from 1
  int steps = 0;      // per epoch
  double loss = 0.0;  // mean of this epoch so far
  int batch = 0;      // faces or scenes per step
};

// Called on the training thread; what they throw ends the training. `Epoch` is a row of
// history.csv.
template <typename Epoch>
struct TrainingProgress {
  // The folder is this training's, and nothing is wrong with its options; once.
  std::function<void()> on_start = [] {};
  std::function<void(const std::string&)> on_message = [](const std::string&) {};
  // The finished epochs of a resumed run; once, before its first step.
  std::function<void(const std::vector<Epoch>&)> on_history = [](const std::vector<Epoch>&) {};
  std::function<void(const StepStats&)> on_step = [](const StepStats&) {};
  // After the epoch's files are written.
  std::function<void(const Epoch&)> on_epoch = [](const Epoch&) {};
};

}  // namespace nosetip

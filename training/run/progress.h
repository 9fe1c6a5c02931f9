// What a training tells while it runs. Free of LibTorch.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace nosetip {

struct StepStats {
  int epoch = 0;
  int step = 0;  // from 1
  int steps = 0;
  double loss = 0.0;  // mean of this epoch so far
  int batch = 0;      // faces or scenes per step
};

// Called on the training thread. `Epoch` is a row of history.csv.
template <typename Epoch>
struct TrainingProgress {
  std::function<void(const std::string&)> on_message = [](const std::string&) {};
  // The epochs that a resumed run has done before; once, before the first step.
  std::function<void(const std::vector<Epoch>&)> on_history = [](const std::vector<Epoch>&) {};
  std::function<void(const StepStats&)> on_step = [](const StepStats&) {};
  std::function<void(const Epoch&)> on_epoch = [](const Epoch&) {};
};

}  // namespace nosetip

// One training loop for every kind of network: seeds, epochs, averaged weights, the best model, the
// history, stopping and resuming in the middle of an epoch. Includes LibTorch.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <utility>
#include <vector>

#include "training/run/history.h"
#include "training/run/optimizer.h"
#include "training/run/progress.h"
#include "training/run/run_folder.h"
#include "training/run/run_state.h"

namespace nosetip {

struct LoopSettings {
  std::filesystem::path out;  // the run's folder
  bool resume = false;
  int epochs = 1;
  int64_t steps = 1;  // per epoch
  int batch = 1;      // faces or scenes per step
  int seed = 1;
  double learning_rate = 1e-3;  // the highest
  int warmup_epochs = 0;
  bool cosine = true;    // the rate falls to zero; else it stays
  double average = 0.0;  // decay per step of the averaged weights
};

// Seeds every generator of LibTorch. Epoch 0 is the start, before the first.
void SeedEpoch(int seed, int epoch);

// A training's last step is not a number: throws Error that says what to do.
void CheckLoss(double loss, int epoch);

// What a kind of network supplies. `Epoch` is its row of the history, with `epoch`, `train_loss`,
// `learning_rate` and `seconds`, which the loop fills in.
template <typename Task>
concept TrainingTask = requires(Task task, typename Task::Epoch row, std::filesystem::path path) {
  // The network is in training mode and the generators are seeded; steps before the second number
  // are done already.
  task.BeginEpoch(1, int64_t{0});
  // Step 0, 1, 2 ... of the epoch at this learning rate; gives the loss.
  { task.Step(int64_t{0}, 1e-3) } -> std::convertible_to<double>;
  // Fills in the other columns, with the averaged weights.
  task.Measure(row);
  // By which epochs are compared; lower is better.
  { task.ErrorOf(row) } -> std::convertible_to<double>;
  task.SaveModel(path, row);
  // Everything that must be the same for a run to go on.
  { task.Identity() } -> std::convertible_to<nlohmann::json>;
};

template <TrainingTask Task>
class TrainingLoop {
 public:
  using Epoch = typename Task::Epoch;
  struct Result {
    bool stopped = false;  // before its last epoch
    std::vector<Epoch> history;
    Epoch best;  // whose weights are kept
  };

  // Loads what there is where the settings say to resume. All must outlive the loop.
  TrainingLoop(Task& task, RunState& state, const LoopSettings& settings,
               const TrainingProgress<Epoch>& progress)
      : task_(task), state_(state), settings_(settings), progress_(progress) {
    if (!settings.resume) return;
    LoadRunState(settings.out / kRunState, task.Identity(), ColumnNames(), state);
    history_ = HistoryFromTable<Epoch>(state.history);
    for (const Epoch& epoch : history_) {
      if (IsBest(epoch)) best_ = epoch;
    }
  }

  // A stop takes effect within a step and keeps what was done of the epoch.
  Result Run(const std::stop_token& stop) {
    if (!history_.empty()) progress_.on_history(history_);
    bool stopped = false;
    const int done = history_.empty() ? 0 : history_.back().epoch;
    for (int epoch = done + 1; epoch <= settings_.epochs && !stopped; ++epoch) {
      Epoch row;
      row.epoch = epoch;
      stopped = !TrainEpoch(row, stop);
      if (!stopped) FinishEpoch(row);
    }
    return {stopped, history_, best_};
  }

 private:
  using Clock = std::chrono::steady_clock;

  static std::vector<std::string> ColumnNames() {
    return TableFromHistory(std::span<const Epoch>()).names;
  }

  bool IsBest(const Epoch& epoch) const {
    return best_.epoch == 0 || task_.ErrorOf(epoch) < task_.ErrorOf(best_);
  }

  void Save() {
    state_.history = TableFromHistory<Epoch>(history_);
    SaveRunState(settings_.out / kRunState, state_, task_.Identity());
  }

  // False where the stop cut it short.
  bool TrainEpoch(Epoch& row, const std::stop_token& stop) {
    SeedEpoch(settings_.seed, row.epoch);
    const PartialEpoch before = TakePartial(state_, row.epoch);
    state_.network->train();
    task_.BeginEpoch(row.epoch, before.steps);
    RestoreRandomState(before, state_.Device());
    const LearningSchedule schedule{settings_.learning_rate, settings_.warmup_epochs,
                                    settings_.epochs, settings_.steps, settings_.cosine};
    const auto start = Clock::now();
    const auto seconds = [&] {
      return before.seconds + std::chrono::duration<double>(Clock::now() - start).count();
    };
    double loss_sum = before.loss_sum;
    for (int64_t i = before.steps; i < settings_.steps; ++i) {
      if (stop.stop_requested()) {
        state_.partial =
            WithRandomState({row.epoch, i, loss_sum, seconds(), {}, {}}, state_.Device());
        Save();
        return false;
      }
      const int64_t step = (row.epoch - 1) * settings_.steps + i;
      row.learning_rate = LearningRate(schedule, step);
      loss_sum += task_.Step(i, row.learning_rate);
      CheckLoss(loss_sum, row.epoch);
      AverageWeights(*state_.network, *state_.averaged, AverageDecay(settings_.average, step));
      progress_.on_step({row.epoch, static_cast<int>(i + 1), static_cast<int>(settings_.steps),
                         loss_sum / static_cast<double>(i + 1), settings_.batch});
    }
    row.train_loss = loss_sum / static_cast<double>(settings_.steps);
    row.seconds = seconds();
    return true;
  }

  void FinishEpoch(Epoch row) {
    task_.Measure(row);
    if (IsBest(row)) {
      best_ = row;
      task_.SaveModel(settings_.out / kRunModel, row);
    }
    history_.push_back(row);
    Save();
    WriteHistory(settings_.out / kRunHistory, state_.history);
    progress_.on_epoch(row);
  }

  Task& task_;
  RunState& state_;
  const LoopSettings& settings_;
  const TrainingProgress<Epoch>& progress_;
  std::vector<Epoch> history_;
  Epoch best_;  // epoch 0: none yet
};

}  // namespace nosetip

// One training loop for every kind of network: seeds, epochs, averaged weights, the best model, the
// history, stopping and resuming in the middle of an epoch. Includes LibTorch.
//
// It is a template so that each kind of network keeps its own typed row of the history, in the
// progress that it reports as well as in its result. All that does not depend on the row is
// outside.
#pragma once

#include <chrono>
#include <concepts>
#include <cstdint>
#include <filesystem>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "training/run/history.h"
#include "training/run/optimizer.h"
#include "training/run/progress.h"
#include "training/run/run_folder.h"
#include "training/run/run_state.h"

namespace nosetip {

struct LoopSettings {
  std::filesystem::path out;  // the run's folder
  bool resume = false;
  bool may_raise_epochs = true;  // of a run that is resumed
  int epochs = 1;
  int64_t steps = 1;  // per epoch
  int batch = 1;      // faces or scenes per step
  int seed = 1;
  double learning_rate = 1e-3;  // the highest
  int warmup_epochs = 0;
  bool cosine = true;    // the rate falls to zero; else it stays
  double average = 0.0;  // decay per step of the averaged weights
  // False: another process of the training measures and writes; this one only takes steps.
  bool writes = true;
};

// Seeds every generator of LibTorch. Epoch 0 is the start, before the first.
void SeedEpoch(int seed, int epoch);
// The same for a step (from 0) of one of several processes, so that each draws other numbers, and
// the same ones after a resume.
void SeedStep(int seed, int epoch, int64_t step, int rank);

// Throws Error that says what to do where the loss is no finite number.
void CheckLoss(double loss, int epoch);

// Whether an epoch with `error` is better than one with `best`; an error that is NaN is the worst.
bool IsLower(double error, double best);

// What a resumed run tells of its epochs, of which `done` are finished: that there is none left, or
// that they were raised there. Empty where it just goes on.
std::string EpochsText(int done, const LoopSettings& settings,
                       const std::vector<RaisedEpochs>& raised);

// Writes options.json.
void SaveRunOptions(const std::filesystem::path& folder, const nlohmann::json& identity);

// What a kind of network supplies. `Epoch` is its row of the history, of which the loop fills in
// `epoch`, `train_loss`, `learning_rate` and `seconds`.
//
// The same identity, settings and seed must give the same steps: random numbers come from
// LibTorch's generators, or from a generator that follows from the numbers of the epoch and the
// step.
template <typename Task>
concept TrainingTask = requires(Task task, typename Task::Epoch row, std::filesystem::path path) {
  { row.epoch } -> std::same_as<int&>;
  { row.train_loss } -> std::same_as<double&>;
  { row.learning_rate } -> std::same_as<double&>;
  { row.seconds } -> std::same_as<double&>;
  // Prepared by StartRun. The task changes weights and optimizer only.
  { task.state() } -> std::same_as<RunState&>;
  { task.Settings() } -> std::same_as<LoopSettings>;
  // Everything that must be the same for a run to continue, in sections of named values.
  { task.Identity() } -> std::convertible_to<const nlohmann::json&>;
  // Before the steps of an epoch (from 1). The network is in training mode and the generators are
  // seeded. The second number counts the steps that are done already, all before a stop.
  task.BeginEpoch(1, int64_t{0});
  // One step, numbered from 0 within the epoch, at this learning rate; returns its loss.
  { task.Step(int64_t{0}, 1e-3) } -> std::convertible_to<double>;
  // After the steps of an epoch: fills in the other columns, with the averaged weights.
  task.Measure(row);
  // What epochs are compared by; lower is better.
  { task.ErrorOf(row) } -> std::convertible_to<double>;
  // Writes the averaged weights.
  task.SaveModel(path, row);
};

template <TrainingTask Task>
class TrainingLoop {
 public:
  using Epoch = typename Task::Epoch;
  struct Result {
    bool stopped = false;  // before its last epoch
    std::vector<Epoch> history;
    Epoch best;  // whose weights are kept; epoch 0 where none is finished
    std::vector<RaisedEpochs> raised;
  };

  // Loads the run's state where the settings say to resume, and writes options.json. The folder
  // exists and is locked. `task` and `progress` must outlive the loop. Throws Error as LoadRunState
  // does, before any file is written.
  TrainingLoop(Task& task, const TrainingProgress<Epoch>& progress)
      : task_(task), state_(task.state()), settings_(task.Settings()), progress_(progress) {
    if (settings_.resume) Resume();
    if (settings_.writes) SaveRunOptions(settings_.out, task.Identity());
  }

  // Trains the epochs that are left; of a finished run there are none. Call it once.
  //
  // Where the epochs were raised, the learning rate goes on as that of a run of all of them: a
  // cosine rises again from where it had fallen to, and a constant rate gives the same as if the
  // run had had as many epochs from the start.
  //
  // A stop takes effect before the next step and keeps what was done of the epoch, so that a
  // resumed run gives the same history. An epoch whose last step is done is measured and saved
  // first; where it is the last epoch, the run has not been stopped. What the task or the progress
  // throws leaves the files of the epoch before, as a kill does.
  Result Run(const std::stop_token& stop) {
    if (!history_.empty()) progress_.on_history(history_);
    bool stopped = false;
    const int done = history_.empty() ? 0 : history_.back().epoch;
    if (const std::string text = EpochsText(done, settings_, state_.raised); !text.empty()) {
      progress_.on_message(text);
    }
    for (int epoch = done + 1; epoch <= settings_.epochs && !stopped; ++epoch) {
      Epoch row;
      row.epoch = epoch;
      stopped = !TrainEpoch(row, stop);
      if (!stopped) FinishEpoch(row);
    }
    return {stopped, std::move(history_), best_, state_.raised};
  }

 private:
  using Clock = std::chrono::steady_clock;

  void Resume() {
    const std::vector<std::string> columns = TableFromHistory(std::span<const Epoch>()).names;
    LoadRunState(settings_.out / kRunState, task_.Identity(), columns, state_,
                 settings_.may_raise_epochs);
    history_ = HistoryFromTable<Epoch>(state_.history);
    for (const Epoch& epoch : history_) {
      if (IsBest(epoch)) best_ = epoch;
    }
    // A kill may have come between the state and this.
    if (settings_.writes && !history_.empty()) {
      WriteHistory(settings_.out / kRunHistory, state_.history);
    }
  }

  bool IsBest(const Epoch& epoch) const {
    return best_.epoch == 0 || IsLower(task_.ErrorOf(epoch), task_.ErrorOf(best_));
  }

  // False where a stop cut the epoch short.
  bool TrainEpoch(Epoch& row, const std::stop_token& stop) {
    SeedEpoch(settings_.seed, row.epoch);
    const PartialEpoch before = std::exchange(state_.partial, {});
    state_.network->train();
    task_.BeginEpoch(row.epoch, before.steps);
    RestoreRandomState(before, state_.Device());
    const auto start = Clock::now();
    const auto seconds = [&] {
      return before.seconds + std::chrono::duration<double>(Clock::now() - start).count();
    };
    double loss_sum = before.loss_sum;
    for (int64_t i = before.steps; i < settings_.steps; ++i) {
      if (stop.stop_requested()) {
        state_.partial =
            WithRandomState({row.epoch, i, loss_sum, seconds(), {}, {}}, state_.Device());
        if (settings_.writes) SaveRunState(settings_.out / kRunState, state_, task_.Identity());
        return false;
      }
      loss_sum += Step(row, i);
      CheckLoss(loss_sum, row.epoch);
      progress_.on_step({row.epoch, static_cast<int>(i + 1), static_cast<int>(settings_.steps),
                         loss_sum / static_cast<double>(i + 1), settings_.batch});
    }
    row.train_loss = loss_sum / static_cast<double>(settings_.steps);
    row.seconds = seconds();
    return true;
  }

  double Step(Epoch& row, int64_t i) {
    const LearningSchedule schedule{settings_.learning_rate, settings_.warmup_epochs,
                                    settings_.epochs, settings_.steps, settings_.cosine};
    const int64_t step = (row.epoch - 1) * settings_.steps + i;
    row.learning_rate = LearningRate(schedule, step);
    const double loss = task_.Step(i, row.learning_rate);
    AverageWeights(*state_.network, *state_.averaged, AverageDecay(settings_.average, step));
    return loss;
  }

  // The model is written before the state: after a kill in between, the epoch is trained again and
  // gives the same model.
  void FinishEpoch(Epoch& row) {
    if (!settings_.writes) return history_.push_back(row);
    task_.Measure(row);
    if (IsBest(row)) {
      best_ = row;
      task_.SaveModel(settings_.out / kRunModel, row);
    }
    history_.push_back(row);
    state_.history = TableFromHistory<Epoch>(history_);
    SaveRunState(settings_.out / kRunState, state_, task_.Identity());
    WriteHistory(settings_.out / kRunHistory, state_.history);
    progress_.on_epoch(row);
  }

  Task& task_;
  RunState& state_;
  const LoopSettings settings_;
  const TrainingProgress<Epoch>& progress_;
  std::vector<Epoch> history_;
  Epoch best_;  // epoch 0: none yet
};

}  // namespace nosetip

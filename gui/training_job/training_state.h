// The progress of a training, for the panels.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/background/training_messages.h"

namespace nosetip {

enum class TrainingStage {
  kIdle,       // no request yet
  kReading,    // reading and inspecting the data
  kInspected,  // the data can be shown
  kTraining,
  kMeasuring,  // comparing old and new model on the same faces
  kDone,       // trained and measured
  kStopped,    // by the user; a training can be resumed
  kFailed      // see `error`
};

// Cheap to copy: large parts are shared and never changed.
struct TrainingState {
  TrainingStage stage = TrainingStage::kIdle;
  bool paused = false;
  bool stopping = false;               // was asked to stop but still runs
  std::string error;                   // kFailed: what failed and what to do
  std::string remark;                  // such as the device in use
  WorkProgress work;                   // kReading, kMeasuring
  StepStats step;                      // kTraining; epoch 0 before the first step
  int epochs = 0;                      // to train
  std::optional<double> seconds_left;  // of kTraining

  // Null until known.
  std::shared_ptr<const std::vector<DataReport>> data;     // one per data set
  std::shared_ptr<const std::vector<EpochStats>> history;  // by epoch, including earlier runs
  std::shared_ptr<const ShownFaces> samples;
  std::shared_ptr<const ShownFaces> augmented;
  std::shared_ptr<const ShownFaces> validation;
  std::shared_ptr<const ModelComparison> comparison;
  std::optional<TrainingResult> result;
};

// True while a request is running; another must wait.
bool IsBusy(const TrainingState& state);

// The state when a request begins; results of an earlier one are cleared.
TrainingState StateAtStart(const TrainingState& before, TrainingRequestKind kind, int epochs);
// The state after an event, without times.
TrainingState StateAfter(TrainingState state, const TrainingEvent& event);
// The share of all steps that is done, 0 to 1.
double DoneShare(const StepStats& step, int epochs);

// Estimates how long a training will still take, from its progress so far without pauses.
class TimeLeft {
 public:
  using Clock = std::chrono::steady_clock;

  // `done` is the share of the whole training, 0 to 1. What an earlier run has done, before the
  // first call, does not count.
  void OnProgress(double done, Clock::time_point now);
  void OnPauseEnded(std::chrono::duration<double> length) { paused_ += length; }

  // Nothing before there was progress.
  std::optional<double> Seconds() const;

 private:
  std::optional<Clock::time_point> started_at_;
  Clock::time_point done_at_;
  std::chrono::duration<double> paused_{0.0};
  double first_done_ = 0.0;
  double done_ = 0.0;
};

}  // namespace nosetip

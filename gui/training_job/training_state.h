// How a training stands, for the app to show.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/background/training_messages.h"

namespace nosetip {

enum class TrainingStage {
  kIdle,       // nothing was asked for yet
  kReading,    // the data are read and looked at
  kInspected,  // and can be shown; nothing else was asked for
  kTraining,
  kMeasuring,  // old and new model on the same faces
  kDone,       // trained and measured
  kStopped,    // by request; a training can be resumed
  kFailed      // see `error`
};

// Cheap to copy: what is large is shared and never edited.
struct TrainingState {
  TrainingStage stage = TrainingStage::kIdle;
  bool paused = false;
  bool stopping = false;               // asked to stop, not stopped yet
  std::string error;                   // kFailed: what is wrong and what to do
  std::string remark;                  // such as the device in use
  WorkProgress work;                   // kReading, kMeasuring
  StepStats step;                      // kTraining; epoch 0: before its first step
  int epochs = 0;                      // wanted
  std::optional<double> seconds_left;  // of kTraining

  // Null: not known yet.
  std::shared_ptr<const std::vector<DataReport>> data;     // one of each data set
  std::shared_ptr<const std::vector<EpochStats>> history;  // by epoch, also of a run before
  std::shared_ptr<const ShownFaces> samples;
  std::shared_ptr<const ShownFaces> augmented;
  std::shared_ptr<const ShownFaces> validation;
  std::shared_ptr<const ModelComparison> comparison;
  std::optional<TrainingResult> result;
};

// True while a request is under way: another must wait.
bool IsBusy(const TrainingState& state);

// The state when a request of `kind` begins: what was said of an older one is forgotten.
TrainingState StateAtStart(const TrainingState& before, TrainingRequestKind kind, int epochs);
// The state after an event. Without times.
TrainingState StateAfter(TrainingState state, const TrainingEvent& event);
// The part of all steps that is done, 0 to 1.
double DoneShare(const StepStats& step, int epochs);

// How long a training will still take.

// From the share that is done and the time that it took, pauses left out.
class TimeLeft {
 public:
  using Clock = std::chrono::steady_clock;

  // `done` is the share of the whole training, 0 to 1. What was done before the first call, in an
  // earlier run, does not count.
  void OnProgress(double done, Clock::time_point now) {
    if (!started_at_) {
      started_at_ = now;
      first_done_ = done;
    }
    done_ = done;
    done_at_ = now;
  }

  // The training stood still for so long.
  void OnPauseEnded(std::chrono::duration<double> length) { paused_ += length; }

  // In seconds; nothing before two steps are done.
  std::optional<double> Seconds() const {
    if (!started_at_ || done_ <= first_done_) return std::nullopt;
    const std::chrono::duration<double> spent = done_at_ - *started_at_ - paused_;
    return spent.count() / (done_ - first_done_) * (1.0 - done_);
  }

 private:
  std::optional<Clock::time_point> started_at_;
  Clock::time_point done_at_;
  std::chrono::duration<double> paused_{0.0};
  double first_done_ = 0.0;
  double done_ = 0.0;
};

}  // namespace nosetip

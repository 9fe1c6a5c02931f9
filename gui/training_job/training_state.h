// How a training stands, for the app to show.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/background/training_events.h"
#include "training/background/training_order.h"

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

}  // namespace nosetip

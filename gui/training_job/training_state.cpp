#include "gui/training_job/training_state.h"

#include <algorithm>
#include <utility>

namespace nosetip {
namespace {

template <typename Value>
std::shared_ptr<const std::vector<Value>> WithValue(
    const std::shared_ptr<const std::vector<Value>>& list, Value value) {
  auto longer =
      list ? std::make_shared<std::vector<Value>>(*list) : std::make_shared<std::vector<Value>>();
  longer->push_back(std::move(value));
  return longer;
}

class EventInState {
 public:
  explicit EventInState(TrainingState state) : state_(std::move(state)) {}
  TrainingState Take() && { return std::move(state_); }

  void operator()(const WorkProgress& progress) {
    state_.work = progress;
    if (state_.result) state_.stage = TrainingStage::kMeasuring;
  }
  void operator()(const DataReport& report) { state_.data = WithValue(state_.data, report); }
  void operator()(const ShownFaces& shown) {
    auto& place = shown.kind == ShownFaceKind::kSample      ? state_.samples
                  : shown.kind == ShownFaceKind::kAugmented ? state_.augmented
                                                            : state_.validation;
    place = std::make_shared<const ShownFaces>(shown);
  }
  void operator()(const StepStats& step) {
    state_.stage = TrainingStage::kTraining;
    state_.step = step;
  }
  void operator()(const EpochStats& epoch) {
    state_.stage = TrainingStage::kTraining;
    state_.history = WithValue(state_.history, epoch);
  }
  void operator()(const TrainingResult& result) { state_.result = result; }
  void operator()(const ModelComparison& comparison) {
    state_.comparison = std::make_shared<const ModelComparison>(comparison);
  }
  void operator()(const TrainingRemark& remark) {
    // The first remark comes when the data are read.
    state_.stage = TrainingStage::kTraining;
    state_.remark = remark.text;
  }
  void operator()(const RequestDone& done) {
    if (done.stopped) {
      End(TrainingStage::kStopped);
    } else {
      End(state_.comparison ? TrainingStage::kDone : TrainingStage::kInspected);
    }
  }
  void operator()(const RequestFailed& failed) {
    End(TrainingStage::kFailed);
    state_.error = failed.error;
  }

 private:
  void End(TrainingStage stage) {
    state_.stage = stage;
    state_.paused = false;
    state_.stopping = false;
    state_.seconds_left.reset();
  }

  TrainingState state_;
};

}  // namespace

bool IsBusy(const TrainingState& state) {
  return state.stage == TrainingStage::kReading || state.stage == TrainingStage::kTraining ||
         state.stage == TrainingStage::kMeasuring;
}

TrainingState StateAtStart(const TrainingState& before, TrainingRequestKind kind, int epochs) {
  TrainingState state;
  state.stage = TrainingStage::kReading;
  state.epochs = epochs;
  if (kind == TrainingRequestKind::kMeasure) {
    state.history = before.history;
    state.validation = before.validation;
    state.result = before.result;
  }
  return state;
}

TrainingState StateAfter(TrainingState state, const TrainingEvent& event) {
  EventInState next(std::move(state));
  std::visit(next, event);
  return std::move(next).Take();
}

double DoneShare(const StepStats& step, int epochs) {
  if (step.epoch == 0 || step.steps == 0 || epochs == 0) return 0.0;
  const double done = step.epoch - 1 + static_cast<double>(step.step) / step.steps;
  return std::clamp(done / epochs, 0.0, 1.0);
}

void TimeLeft::OnProgress(double done, Clock::time_point now) {
  if (!started_at_) {
    started_at_ = now;
    first_done_ = done;
  }
  done_ = done;
  done_at_ = now;
}

std::optional<double> TimeLeft::Seconds() const {
  if (!started_at_ || done_ <= first_done_) return std::nullopt;
  const std::chrono::duration<double> spent = done_at_ - *started_at_ - paused_;
  return spent.count() / (done_ - first_done_) * (1.0 - done_);
}

}  // namespace nosetip

#include "gui/training_job/training_job.h"

#include <chrono>
#include <string>
#include <utility>
#include <variant>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "gui/training_job/child_process.h"
#include "tracker/core/error.h"
#include "tracker/core/start_thread.h"
#include "training/background/message_channel.h"
#include "training/background/training_messages.h"

namespace nosetip {

struct TrainingJob::Worker {
  MessageChannel channel;
  ChildProcess process;
};

std::filesystem::path TrainerBesideThisProgram() {
  std::error_code ignored;
  return std::filesystem::read_symlink("/proc/self/exe", ignored).parent_path() / "nosetip-train";
}

TrainingJob::TrainingJob(std::filesystem::path trainer) : trainer_(std::move(trainer)) {}

TrainingJob::~TrainingJob() {
  receiving_.request_stop();
  if (!worker_) return;
  {
    const std::lock_guard lock(mutex_);
    worker_->process.Thaw();
  }
  worker_->channel.Close();
  receiving_.join();
  // Leaves no zombie where the process had nothing to save.
  worker_->process.Reap();
}

void TrainingJob::Inspect(const TrainingOrder& order) {
  Begin(TrainingRequestKind::kInspect, order);
}

void TrainingJob::Train(const TrainingOrder& order) { Begin(TrainingRequestKind::kTrain, order); }

void TrainingJob::Begin(TrainingRequestKind kind, const TrainingOrder& order) {
  {
    const std::lock_guard lock(mutex_);
    Check(!IsBusy(state_), "one request at a time");
    state_ = StateAtStart(state_, kind, order.options.epochs);
    time_left_ = {};
    paused_at_.reset();
  }
  try {
    StartWorker();
  } catch (const Error& error) {
    OnEvent(RequestFailed{error.what()});
    return;
  }
  if (!worker_->channel.Send(MessageFrom(TrainingRequest{kind, order}))) OnWorkerLost(*worker_);
}

void TrainingJob::StartWorker() {
  {
    const std::lock_guard lock(mutex_);
    if (worker_ && !worker_lost_) {
      // It may have been paused as the request before ended.
      worker_->process.Thaw();
      return;
    }
  }
  if (receiving_.joinable()) receiving_.join();
  worker_.reset();
  MessageChannelPair pair = MakeChannelPair();
  const ChildCommand command{trainer_, {"background"}, pair.far.get()};
  worker_ = std::unique_ptr<Worker>(
      new Worker{MessageChannel(std::move(pair.near)), ChildProcess(command)});
  worker_lost_ = false;
  try {
    receiving_ = StartThread(
        [this, worker = worker_.get()](std::stop_token closing) { ReceiveAll(*worker, closing); });
  } catch (const Error&) {
    worker_.reset();  // nobody would receive from it
    throw;
  }
}

void TrainingJob::ReceiveAll(Worker& worker, const std::stop_token& closing) {
  try {
    while (const auto message = worker.channel.Receive()) OnEvent(EventFrom(*message));
  } catch (const std::exception& error) {
    OnEvent(RequestFailed{error.what()});
    worker.channel.Close();
  }
  if (!closing.stop_requested()) OnWorkerLost(worker);
}

void TrainingJob::OnEvent(const TrainingEvent& event) {
  const std::lock_guard lock(mutex_);
  state_ = StateAfter(std::move(state_), event);
  if (const auto* step = std::get_if<StepStats>(&event)) {
    time_left_.OnProgress(DoneShare(*step, state_.epochs), TimeLeft::Clock::now());
    state_.seconds_left = time_left_.Seconds();
  }
}

void TrainingJob::OnWorkerLost(Worker& worker) {
  constexpr std::chrono::milliseconds kPatience{500};
  worker.process.WaitForEnd(kPatience);
  const std::lock_guard lock(mutex_);
  const std::string end = worker.process.Reap().value_or("stopped responding");
  worker_lost_ = true;
  if (!IsBusy(state_)) return;
  state_ = StateAfter(
      std::move(state_),
      RequestFailed{fmt::format("the training program {}; if it ran out of memory, use a smaller "
                                "batch. Finished epochs are kept: resume to continue",
                                end)});
}

void TrainingJob::Pause() {
  const std::lock_guard lock(mutex_);
  if (!IsBusy(state_) || state_.paused || state_.stopping) return;
  worker_->process.Freeze();
  paused_at_ = TimeLeft::Clock::now();
  state_.paused = true;
}

void TrainingJob::Resume() {
  const std::lock_guard lock(mutex_);
  if (!state_.paused) return;
  worker_->process.Thaw();
  time_left_.OnPauseEnded(TimeLeft::Clock::now() - *paused_at_);
  paused_at_.reset();
  state_.paused = false;
}

void TrainingJob::Stop() {
  Resume();
  {
    const std::lock_guard lock(mutex_);
    if (!IsBusy(state_)) return;
    state_.stopping = true;
  }
  worker_->channel.Send(MessageFrom(TrainingRequest{TrainingRequestKind::kStop, {}}));
}

TrainingState TrainingJob::Read() const {
  const std::lock_guard lock(mutex_);
  return state_;
}

}  // namespace nosetip

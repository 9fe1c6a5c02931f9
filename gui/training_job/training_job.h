// Training beside the live view.
#pragma once

#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

#include "gui/training_job/training_state.h"
#include "training/background/training_messages.h"

namespace nosetip {

// nosetip-train in the folder of the program that calls this.
std::filesystem::path TrainerBesideThisProgram();

// Lets `nosetip-train` work in a process of its own, at a priority that leaves the live view its
// rate (docs/decisions/0008-training-process.md), and says how it stands. The process is started by
// the first request; between requests it keeps the data that it has read.
//
// Used by one thread, which never waits here for longer than it takes to start a process. What
// fails becomes TrainingState::error; that includes a training process that is killed.
class TrainingJob {
 public:
  explicit TrainingJob(std::filesystem::path trainer);
  // Takes milliseconds whatever is under way. A training process writes what it has done so far and
  // ends by itself soon after; the same order with `resume` then goes on where it was.
  ~TrainingJob();
  TrainingJob(const TrainingJob&) = delete;
  TrainingJob& operator=(const TrainingJob&) = delete;

  // One request at a time: not while IsBusy. See TrainingRequestKind.
  void Inspect(const TrainingOrder& order);
  void Train(const TrainingOrder& order);
  void Measure(const TrainingOrder& order);

  // The process stands still wherever it is, until GoOn. No effect while nothing is under way.
  void Pause();
  void GoOn();
  // Ends what is under way: a training within a step, reading within a picture. Also while paused.
  void Stop();

  TrainingState Read() const;

 private:
  struct Worker;
  void Begin(TrainingRequestKind kind, const TrainingOrder& order);
  void StartWorker();
  void ReceiveAll(Worker& worker, const std::stop_token& closing);
  void OnEvent(const TrainingEvent& event);
  void OnWorkerLost(Worker& worker);

  std::filesystem::path trainer_;
  std::unique_ptr<Worker> worker_;
  mutable std::mutex mutex_;
  // All below: with the mutex.
  TrainingState state_;
  TimeLeft time_left_;
  std::optional<TimeLeft::Clock::time_point> paused_at_;
  bool worker_lost_ = false;
  std::jthread receiving_;
};

}  // namespace nosetip

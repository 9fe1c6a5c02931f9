// Training in the background of the live view.
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

// Runs `nosetip-train` in a process of its own, at a priority that does not slow the live view
// (docs/decisions/0008-training-process.md), and reports its progress. The first request starts the
// process; between requests it keeps the data in memory.
//
// Used by one thread, which never waits for longer than it takes to start a process. Failures, even
// a training process that was killed, become TrainingState::error.
class TrainingJob {
 public:
  explicit TrainingJob(std::filesystem::path trainer);
  // Takes milliseconds. A running training saves its progress and ends soon after by itself; the
  // same order with `resume` continues it.
  ~TrainingJob();
  TrainingJob(const TrainingJob&) = delete;
  TrainingJob& operator=(const TrainingJob&) = delete;

  // One request at a time, not while IsBusy; see TrainingRequestKind.
  void Inspect(const TrainingOrder& order);
  void Train(const TrainingOrder& order);

  // Suspends the process until Resume. No effect without a running request.
  void Pause();
  void Resume();
  // Ends the running request, even a paused one: a training within a step, reading within a
  // picture.
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
  // Guarded by the mutex, from here on.
  TrainingState state_;
  TimeLeft time_left_;
  std::optional<TimeLeft::Clock::time_point> paused_at_;
  bool worker_lost_ = false;
  std::jthread receiving_;
};

}  // namespace nosetip

// Carries out what a training beside the live app is asked to do. Free of LibTorch and OpenCV.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "training/background/training_data.h"
#include "training/background/training_messages.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

// Synchronous; knows no threads. Keeps the data that it has read for the requests that follow.
class TrainingWorker {
 public:
  // `on_event` is called on the thread that calls CarryOut. `on_trained` is called with each
  // training that came to its end, for a report of it.
  explicit TrainingWorker(
      std::function<void(const TrainingEvent&)> on_event,
      std::function<void(const TrainJob&, const TrainReport&)> on_trained = [](auto&, auto&) {});

  // The last event is RequestDone or RequestFailed; no exception leaves. A stop takes effect within
  // a picture or a step.
  void CarryOut(const TrainingRequest& request, const std::stop_token& stop);

 private:
  void Read(const TrainingOrder& order, const std::stop_token& stop);
  void TellData(const TrainingOrder& order) const;
  ShownFaces Samples(const TrainingOrder& order, ShownFaceKind kind) const;
  bool Train(const TrainingOrder& order, const std::stop_token& stop);
  void TellValidation(const TrainingOrder& order, int epoch) const;
  void Measure(const TrainingOrder& order, const std::stop_token& stop) const;
  std::vector<FaceToMeasure> HeldOut(const TrainingOrder& order) const;

  std::function<void(const TrainingEvent&)> on_event_;
  std::function<void(const TrainJob&, const TrainReport&)> on_trained_;
  std::vector<std::string> read_;  // what the following were read from
  TrainJob job_;
  std::vector<DataReport> reports_;
  std::vector<std::vector<SampleFace>> samples_;  // of each pack
};

}  // namespace nosetip

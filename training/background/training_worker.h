// Carries out the requests of the app to its training process. Free of LibTorch and OpenCV.
#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "training/background/training_data.h"
#include "training/background/training_messages.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

// Synchronous, for one thread. Keeps the data that it has read for the next requests.
class TrainingWorker {
 public:
  // `on_event` is called on the thread that calls CarryOut. `on_trained` is called after each
  // training that was not stopped, to write its report.
  explicit TrainingWorker(
      std::function<void(const TrainingEvent&)> on_event,
      std::function<void(const TrainJob&, const TrainReport&)> on_trained = [](auto&, auto&) {});

  // The last event is RequestDone or RequestFailed; throws nothing. A stop takes effect within a
  // picture or a step.
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
  std::vector<std::string> read_;  // what the members below were read from
  TrainJob job_;
  std::vector<DataReport> reports_;
  std::vector<std::vector<SampleFace>> samples_;  // of each pack
};

}  // namespace nosetip

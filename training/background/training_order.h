// What the process that trains beside the live app is asked to do. Free of LibTorch and OpenCV.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "training/landmarks/augment_options.h"
#include "training/landmarks/trainer.h"

namespace nosetip {

struct TrainingOrder {
  std::string task = "face68";    // one of kLandmarkTasks
  std::vector<std::string> data;  // packs (.ntp) and data sets, mixed
  TrainOptions options;
  AugmentOptions augment;
  std::filesystem::path out;  // the run's folder
  bool resume = false;        // go on with the run in `out`
  std::string compare_with;   // model file to measure beside the new one; empty for none
};

enum class TrainingRequestKind {
  kInspect,  // read the data and say what is in it and wrong with it
  kTrain,    // the same where that is not done yet, then train and measure
  kMeasure,  // measure the model that a stopped training has left in `out`
  kStop      // what is under way; the training writes what it needs to go on
};

struct TrainingRequest {
  TrainingRequestKind kind = TrainingRequestKind::kInspect;
  TrainingOrder order;  // without meaning for kStop
};

}  // namespace nosetip

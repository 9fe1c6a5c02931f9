// What a training beside the live app tells, as values that can be sent from one process to
// another. Free of LibTorch and OpenCV.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "tracker/core/image.h"
#include "training/background/model_comparison.h"
#include "training/landmarks/trainer.h"

namespace nosetip {

// What is being done now: "opening pictures", 310 of 2009. `total` 0: not known.
struct WorkProgress {
  std::string what;
  size_t done = 0;
  size_t total = 0;
};

struct DataProblem {
  std::string kind;  // in words, such as "faces below 16 px"
  std::string what;  // names the thing and what is wrong with it
};

// One data set as it was found, before any training.
struct DataReport {
  std::string path;
  std::string text;  // its figures, several lines
  size_t faces = 0;  // that can be trained on; the following two are parts of it
  size_t train_faces = 0;
  size_t validation_faces = 0;
  std::vector<DataProblem> problems;
};

enum class ShownFaceKind {
  kSample,      // of the data, as a network sees it; caption: what looks wrong, or empty
  kAugmented,   // the same faces as they are changed in training
  kValidation,  // held-out faces with the answers of the best weights so far
};

// Replaces the faces of this kind that were told before.
struct ShownFaces {
  ShownFaceKind kind = ShownFaceKind::kSample;
  int epoch = 0;  // kValidation: whose weights answered
  std::vector<ShownFace> faces;
};

// The end of a training, or of what could be trained until the stop.
struct TrainingResult {
  bool stopped = false;  // by request, before its last epoch
  int epochs = 0;        // done so far; 0: there is no model yet
  EpochStats best;
  std::string model;
};

// The request was carried out, or stopped. The last event of each request, unless it failed.
struct RequestDone {
  bool stopped = false;
};

// The last event of a request that failed.
struct RequestFailed {
  std::string error;
};

// For people, such as the device that was chosen.
struct TrainingRemark {
  std::string text;
};

using TrainingEvent =
    std::variant<WorkProgress, DataReport, ShownFaces, StepStats, EpochStats, TrainingResult,
                 ModelComparison, TrainingRemark, RequestDone, RequestFailed>;

}  // namespace nosetip

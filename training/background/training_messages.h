// What the app and the process that trains beside it tell each other: requests, events, and both as
// messages. Free of LibTorch and OpenCV.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <variant>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/core/metrics.h"
#include "training/landmarks/augment_options.h"
#include "training/landmarks/trainer.h"

namespace nosetip {

// A face to show. Points are in the picture's pixels.
struct ShownFace {
  Image picture;
  std::vector<Point2f> truth_px;      // may be empty
  std::vector<Point2f> predicted_px;  // may be empty
  std::string caption;
};

struct MeasuredModel {
  std::string path;
  AccuracySummary summary;
};

// Errors are in percent of ModelComparison::unit.
struct ComparedFace {
  std::string name;
  double old_error = 0.0;
  double new_error = 0.0;
};

struct ComparedPicture {
  ShownFace old_answer;
  ShownFace new_answer;
};

enum class Verdict {
  kNoComparison,  // there is no old model, or it cannot be compared
  kBetter,        // the new model, by more than chance would give
  kUnclear,       // the difference may be chance, or the new model has learned these faces
  kWorse,
};

// An old and a new model on the same held-out faces in the same boxes. The new model's best epoch
// was chosen by these faces, so its error is a little too low. Where its training held out none,
// they are the training faces.
struct ModelComparison {
  std::string unit;  // what errors are in percent of
  MeasuredModel new_model;
  std::optional<MeasuredModel> old_model;
  std::string remark;  // why no old model is measured, or what makes it unfair; may be empty
  bool on_training_faces = false;
  std::vector<ComparedFace> faces;  // of both models; empty without an old one
  double gain = 0.0;                // mean of old error less new error
  double gain_standard_error = 0.0;
  std::vector<ComparedPicture> pictures;  // from the largest loss to the largest gain
};

// Better or worse where the mean gain is more than two of its standard errors from zero; on the
// new model's own training faces never better.
Verdict VerdictOf(const ModelComparison& comparison);

// What is being done, such as "opening pictures", 310 of 2009. `total` 0: not known.
struct WorkProgress {
  std::string what;
  size_t done = 0;
  size_t total = 0;
};

struct DataProblem {
  std::string kind;  // in words, such as "faces below 16 px"
  std::string what;  // names the file or face and what is wrong with it
};

// One data set, inspected before the training.
struct DataReport {
  std::string path;
  std::string text;  // its figures, several lines
  size_t faces = 0;  // usable ones; the following two are parts of them
  size_t train_faces = 0;
  size_t validation_faces = 0;
  std::vector<DataProblem> problems;
};

enum class ShownFaceKind {
  kSample,      // of the data, as a network sees it; caption: what looks wrong, or empty
  kAugmented,   // the same faces with the training's augmentation
  kValidation,  // held-out faces with the answers of the best weights so far
};

// Replaces the earlier faces of this kind.
struct ShownFaces {
  ShownFaceKind kind = ShownFaceKind::kSample;
  int epoch = 0;  // kValidation: whose weights answered
  std::vector<ShownFace> faces;
};

// The end of a training, by itself or by a stop.
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

// A line for people, such as the device that was chosen.
struct TrainingRemark {
  std::string text;
};

using TrainingEvent =
    std::variant<WorkProgress, DataReport, ShownFaces, StepStats, EpochStats, TrainingResult,
                 ModelComparison, TrainingRemark, RequestDone, RequestFailed>;

struct TrainingOrder {
  std::string task = "face68";    // one of kLandmarkTasks
  std::vector<std::string> data;  // packs and data sets, mixed
  TrainOptions options;
  AugmentOptions augment;
  std::filesystem::path out;  // the run's folder
  bool resume = false;        // continue the run in `out`
  std::string compare_with;   // model file to measure beside the new one; empty for none
};

enum class TrainingRequestKind {
  kInspect,  // read the data and report what it holds and what is wrong with it
  kTrain,    // the same unless the data is read already, then train and measure
  kMeasure,  // measure the model that a stopped training has left in `out`
  kStop      // end the request in progress; a training saves what it needs to resume
};

struct TrainingRequest {
  TrainingRequestKind kind = TrainingRequestKind::kInspect;
  TrainingOrder order;  // unused for kStop
};

nlohmann::json MessageFrom(const TrainingRequest& request);
nlohmann::json MessageFrom(const TrainingEvent& event);

// Throws Error for a message of another kind or program version.
TrainingRequest RequestFrom(const nlohmann::json& message);
TrainingEvent EventFrom(const nlohmann::json& message);

}  // namespace nosetip

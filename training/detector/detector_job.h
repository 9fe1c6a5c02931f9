// What a training of the face detector is given, and what it gives. Free of LibTorch.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/fields.h"
#include "training/detector/scenes/scene_composer.h"
#include "training/run/history.h"

namespace nosetip {

struct DetectorTrainOptions {
  int epochs = 60;
  int scenes = 4096;  // per epoch
  int batch = 16;
  double learning_rate = 2e-3;
  int warmup_epochs = 1;
  double weight_decay = 0.01;
  double average = 0.999;  // decay of the averaged weights, which are the ones kept
  int validation_percent = 12;
  int validation_scenes = 512;
  bool mixed_precision = false;
  int seed = 1;
  std::string device = "auto";
  int threads = 0;
  int loaders = 2;
  std::string init = "";
  std::string teacher = "";  // of whose answers it learns as well; see DetectorTeacher

  static std::span<const Field<DetectorTrainOptions>> Fields();
};

// One row of history.csv.
struct DetectorEpoch {
  int epoch = 0;  // from 1
  double train_loss = 0.0;
  double validation_loss = 0.0;
  double validation_cls = 0.0;  // parts of it: see DetectorLoss
  double validation_obj = 0.0;
  double validation_box = 0.0;
  double validation_points = 0.0;
  double learning_rate = 0.0;  // at the end of the epoch
  double seconds = 0.0;        // training alone
  double scenes_per_s = 0.0;

  static std::span<const HistoryColumn<DetectorEpoch>> HistoryColumns();
};

// Photographs of one group never stand on both sides.
struct DetectorPhotographs {
  std::vector<Photograph> train;
  std::vector<Photograph> train_backgrounds;
  std::vector<Photograph> validation;
  std::vector<Photograph> validation_backgrounds;
};

// About `percent` of the groups are held out: see IsHeldOut.
DetectorPhotographs SplitPhotographs(std::vector<Photograph> photographs,
                                     std::vector<Photograph> backgrounds, int percent);

struct DetectorJob {
  DetectorPhotographs photographs;
  DetectorTrainOptions options;
  SceneOptions scenes;
  std::filesystem::path out;     // the run's folder
  bool resume = false;           // continue the run in `out`
  bool may_raise_epochs = true;  // of a run that is resumed
};

struct DetectorReport {
  bool stopped = false;  // by the stop token, before its last epoch
  std::vector<DetectorEpoch> history;
  DetectorEpoch best;  // whose weights are kept
  std::filesystem::path model;
};

}  // namespace nosetip

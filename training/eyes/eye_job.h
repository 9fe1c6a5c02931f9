// What a training of the eye network is given, and what it gives. Free of LibTorch.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "tracker/core/fields.h"
#include "training/data/held_out.h"
#include "training/data/pack.h"
#include "training/run/history.h"

namespace nosetip {

struct EyeTrainOptions {
  int epochs = 150;
  int batch = 64;
  double learning_rate = 3e-3;
  int warmup_epochs = 2;
  double weight_decay = 1e-3;
  double average = 0.995;  // decay of the averaged weights, which are the ones kept
  double close_share = 0.25;
  double openness_weight = 1.0;
  int validation_percent = 12;
  std::string validation_groups = "";
  std::string validation_parts = "";
  int seed = 1;
  std::string device = "auto";
  int threads = 0;
  std::string init = "";

  static std::span<const Field<EyeTrainOptions>> Fields();
  HoldOut Validation() const { return {validation_percent, validation_groups, validation_parts}; }
};

// One row of history.csv. The held-out figures are of whole faces, found by the model and
// corrected.
struct EyeEpoch {
  int epoch = 0;  // from 1
  double train_loss = 0.0;
  double eye_nme = 0.0;        // of the eyes' twelve points, percent of the outer-eye distance
  double openness_mae = 0.0;   // eye openness: mean absolute error
  double correlation = 0.0;    // with the true openness; NaN where it is not defined, as the others
  double slope = 0.0;          // of the line that predicts found from true openness
  double shut_found = 0.0;     // mean openness found of eyes that are shut
  double learning_rate = 0.0;  // at the end of the epoch
  double seconds = 0.0;        // training alone

  static std::span<const HistoryColumn<EyeEpoch>> HistoryColumns();
};

struct EyeJob {
  std::string model;  // the file of the model that the eye network is for; of the points of ibug68
  std::vector<FacePack> packs;
  EyeTrainOptions options;
  std::filesystem::path out;     // the run's folder
  bool resume = false;           // continue the run in `out`
  bool may_raise_epochs = true;  // of a run that is resumed
};

// Throws Error for bad options, and where no face is held out or none is left.
void CheckEyeJob(const EyeJob& job);

// Everything that must be the same for a run to continue, in sections of named values.
nlohmann::json IdentityOf(const EyeJob& job);

struct EyeReport {
  bool stopped = false;  // by the stop token, before its last epoch
  EyeEpoch before;       // the model without the eye network
  std::vector<EyeEpoch> history;
  EyeEpoch best;                // whose weights are kept
  std::filesystem::path model;  // the model with its eye network
};

}  // namespace nosetip

// Trains a landmark network. Free of LibTorch, so that the app may include it.
#pragma once

#include <filesystem>
#include <functional>
#include <span>
#include <stop_token>
#include <string>
#include <vector>

#include "tracker/core/fields.h"
#include "training/data/held_out.h"
#include "training/data/pack.h"
#include "training/landmarks/augment_options.h"
#include "training/run/history_column.h"

namespace nosetip {

struct TrainOptions {
  std::string architecture = "resnet18";
  int epochs = 60;
  int batch = 32;
  std::string view = "face";
  int input_px = 224;
  int input_height_px = 0;
  double learning_rate = 1e-3;
  std::string schedule = "cosine";
  int warmup_epochs = 1;
  double weight_decay = 0.05;
  std::string loss = "wing";
  double average = 0.998;  // decay of the averaged weights, which are the ones kept
  bool mean_start = true;
  float margin = 1.3F;
  int validation_percent = 12;
  std::string validation_groups = "";
  std::string validation_parts = "";
  bool mixed_precision = false;
  int seed = 1;
  std::string device = "auto";
  int threads = 0;
  std::string init = "";
  bool like_init = false;
  double pull = 0.0;
  bool freeze_norm = false;
  double epsilon = 1e-8;
  bool learn_errors = true;
  int steps = 0;
  int hold_out_from = 0;
  bool half = true;

  static std::span<const Field<TrainOptions>> Fields();

  ViewSpec View() const {
    return {margin, {input_px, input_height_px > 0 ? input_height_px : input_px}};
  }
  HoldOut Validation() const { return {validation_percent, validation_groups, validation_parts}; }
};

// One row of history.csv.
struct EpochStats {
  int epoch = 0;  // from 1
  double train_loss = 0.0;
  double validation_loss = 0.0;
  double validation_mse = 0.0;  // of coordinates in units of the crop
  double validation_nme = 0.0;  // percent of the outer-eye distance; NaN without eye corners
  double learning_rate = 0.0;   // at the end of the epoch
  double seconds = 0.0;         // training alone
  double faces_per_s = 0.0;
  double augment_share = 0.0;  // part of `seconds` spent on making batches, 0 to 1

  static std::span<const HistoryColumn<EpochStats>> HistoryColumns();
};

struct StepStats {
  int epoch = 0;
  int step = 0;  // from 1
  int steps = 0;
  double loss = 0.0;  // mean of this epoch so far
  int batch = 0;      // faces a step
};

// What an epoch is judged by, lower is better: the NME, or the MSE where there is none.
double ValidationError(const EpochStats& epoch);

// Called on the training thread.
struct TrainProgress {
  std::function<void(const std::string&)> on_message = [](const std::string&) {};
  // The epochs that a resumed run has done before; once, before the first step.
  std::function<void(const std::vector<EpochStats>&)> on_history =
      [](const std::vector<EpochStats>&) {};
  std::function<void(const StepStats&)> on_step = [](const StepStats&) {};
  std::function<void(const EpochStats&)> on_epoch = [](const EpochStats&) {};
};

struct TrainReport {
  bool stopped = false;  // by the stop token, before its last epoch
  std::vector<EpochStats> history;
  EpochStats best;  // whose weights are kept
  size_t train_faces = 0;
  size_t validation_faces = 0;  // where none is held out, those trained on
  std::filesystem::path model;
};

// Of the faces to rehearse these are left out by the hash of their group, so that what is measured
// with `nosetip-train evaluate --held-out 12` stays unseen.
inline constexpr int kRehearsalHeldOutPercent = 12;

struct TrainJob {
  std::vector<FacePack> packs;  // one schema; validation faces are held out of all
  TrainOptions options;
  AugmentOptions augment;
  std::filesystem::path out;  // the run's folder
  bool resume = false;        // go on with the run in `out`
  // Faces of others, of the same schema: half of each batch, so that they are not forgotten.
  std::vector<FacePack> rehearsal{};
};

// The options as they are for this job's data and for the model that it starts from, with which all
// that follows must agree: `like_init` and `hold_out_from` are settled and off afterwards. The
// first reads the model file, and is needed before data are packed; it throws Error where there is
// none.
TrainOptions WithShapeOfInit(TrainOptions options);
// The second looks at the groups of the packs.
TrainOptions WithHoldOutFor(TrainOptions options, std::span<const FacePack> packs);

// Trains and writes into the run's folder: model.ntm (the best epoch's averaged weights so far),
// last.ntc (all that is needed to go on), history.csv (one row an epoch, flushed), options.json.
// A stop takes effect within a step and keeps what was done of the epoch; a kill loses at most
// that. The same seed on the same machine gives the same history, also across a resume. Throws
// Error for bad options, data that does not fit, a folder that holds another run, or a file that
// cannot be written; what was written before stays.
TrainReport RunTraining(const TrainJob& job, const TrainProgress& progress, std::stop_token stop);

}  // namespace nosetip

// What a training of landmarks is given, and what it gives. Free of LibTorch.
#pragma once

#include <filesystem>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

#include "training/data/pack.h"
#include "training/data/trained_groups.h"
#include "training/landmarks/augment_options.h"
#include "training/landmarks/train_options.h"
#include "training/run/history.h"
#include "training/run/process_place.h"

namespace nosetip {

// This share of the faces to rehearse is left out, by the hash of their group, so that the faces
// that `nosetip-train evaluate --held-out 12` measures stay unseen.
inline constexpr int kRehearsalHeldOutPercent = 12;

struct TrainJob {
  std::vector<FacePack> packs;  // one schema; validation faces are held out of all
  TrainOptions options;
  AugmentOptions augment;
  std::filesystem::path out;     // the run's folder
  bool resume = false;           // continue the run in `out`
  bool may_raise_epochs = true;  // of a run that is resumed
  // Other faces of the same schema: half of each batch, so that they are not forgotten.
  std::vector<FacePack> rehearsal{};
  // Where several processes train together, each is given the same job with its own place. The
  // first one measures and writes; all of them read `out` to resume.
  ProcessPlace place{};
};

// Everything that must be the same for a run to continue, in sections of named values.
nlohmann::json RunIdentity(const TrainJob& job);

// The groups that the job holds out, in order.
std::set<std::string> HeldOutGroups(const TrainJob& job);

// The groups that the job learns from, those to rehearse, and those of the model that it starts
// from, as far as its file has them. Reads the model file; throws Error where that cannot be read.
TrainedGroups GroupsTrainedOn(const TrainJob& job);

// Throws Error for bad options, or data that does not fit them.
void CheckJob(const TrainJob& job);

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

// What a network errs by that has learned nothing: it gives the mean of the training faces,
// whatever it sees. In units of the crop, as ValidationError has them.
struct MeanFaceError {
  double mse = 0.0;
  double nme = 0.0;  // NaN without eye corners
};

// Throws Error that says what to do where the answers after `epoch` are so far off that the network
// will not come back: more than ten of the crop's sides on average.
void CheckConverges(const EpochStats& epoch, const MeanFaceError& mean_face);

// What epochs are compared by; lower is better: the NME, or the MSE where there is none.
double ValidationError(const EpochStats& epoch);

struct TrainReport {
  bool stopped = false;  // by the stop token, before its last epoch
  std::vector<EpochStats> history;
  EpochStats best;  // whose weights are kept
  size_t train_faces = 0;
  size_t validation_faces = 0;  // where none is held out, those trained on
  MeanFaceError mean_face;      // on the same faces
  std::filesystem::path model;
  std::vector<RaisedEpochs> raised{};
};

// Of a training whose best epoch is no better than the mean face: what that means and what to do.
// Empty where it is better.
std::string MeanFaceText(const TrainReport& report);

}  // namespace nosetip

#include "training/landmarks/train_job.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/model/model_lookup.h"
#include "tracker/output/options_json.h"

namespace nosetip {
namespace {

void CheckPack(const FacePack& pack, const TrainJob& job) {
  const std::string& schema = job.packs.front().schema;
  if (pack.schema != schema) {
    throw Error(
        fmt::format("the data sets have different points ({} and {}); train on one kind at a time",
                    schema, pack.schema));
  }
  if (NameOf(pack.view) != job.options.view) {
    throw Error(fmt::format(
        "a data set was packed for the view '{}', but --view is {}; pack it again with that --view",
        NameOf(pack.view), job.options.view));
  }
  if (pack.extent < job.options.margin) {
    throw Error(fmt::format(
        "a data set was packed with an extent of {:g}, less than the crop's --margin of {:g}; pack "
        "it again with a larger --extent",
        pack.extent, job.options.margin));
  }
}

}  // namespace

nlohmann::json RunIdentity(const TrainJob& job) {
  nlohmann::json data = nlohmann::json::object();
  const auto add = [&](const std::string& name, const FacePack& pack) {
    data[name] = {pack.FaceCount(),   pack.size_px,      pack.extent,      pack.schema,
                  pack.names.front(), pack.names.back(), NameOf(pack.view)};
  };
  for (size_t i = 0; i < job.packs.size(); ++i) add(fmt::format("pack {}", i + 1), job.packs[i]);
  for (size_t i = 0; i < job.rehearsal.size(); ++i) {
    add(fmt::format("rehearsal {}", i + 1), job.rehearsal[i]);
  }
  // A step that several make is not the same for another number of them.
  if (job.place.size > 1) data["processes"] = job.place.size;
  // What is left out may change without changing what is learned.
  nlohmann::json options = JsonFromOptions(job.options, {"device", "threads", "half", "init"});
  if (job.options.pull > 0.0) options["init"] = job.options.init;
  const nlohmann::json identity = {
      {"options", options}, {"augment", JsonFromOptions(job.augment)}, {"data", data}};
  // As it is read back, where bytes of names that are not UTF-8 are replaced.
  return ParseJson(JsonText(identity));
}

std::set<std::string> HeldOutGroups(const TrainJob& job) {
  const HoldOut hold_out = job.options.Validation();
  std::set<std::string> held_out;
  for (const FacePack& pack : job.packs) {
    for (const std::string& group : pack.groups) {
      if (IsHeldOut(group, hold_out)) held_out.insert(group);
    }
  }
  return held_out;
}

TrainedGroups GroupsTrainedOn(const TrainJob& job) {
  TrainedGroups trained;
  const auto add = [&trained](const std::vector<FacePack>& packs, const HoldOut& hold_out) {
    for (const FacePack& pack : packs) {
      for (const std::string& group : pack.groups) {
        if (!IsHeldOut(group, hold_out)) trained.Add(group);
      }
    }
  };
  add(job.packs, job.options.Validation());
  add(job.rehearsal, {kRehearsalHeldOutPercent, "", ""});
  if (!job.options.init.empty()) {
    trained.Add(TrainedGroups(ReadModelInfo(job.options.init).trained_groups));
  }
  return trained;
}

void CheckJob(const TrainJob& job) {
  Check(!job.packs.empty(), "one pack or more to train on");
  Validate(job.options);
  Validate(job.augment);
  Check(!job.options.like_init && job.options.hold_out_from == 0, "options that are settled");
  if (job.options.pull > 0.0 && job.options.init.empty()) {
    throw Error("--pull needs the weights to pull back to; give --init MODEL");
  }
  for (const FacePack& pack : job.packs) CheckPack(pack, job);
  for (const FacePack& pack : job.rehearsal) CheckPack(pack, job);
}

std::span<const HistoryColumn<EpochStats>> EpochStats::HistoryColumns() {
  static constexpr std::array<HistoryColumn<EpochStats>, 8> kColumns = {
      {{"train_loss", &EpochStats::train_loss},
       {"validation_loss", &EpochStats::validation_loss},
       {"validation_mse", &EpochStats::validation_mse},
       {"validation_nme", &EpochStats::validation_nme},
       {"learning_rate", &EpochStats::learning_rate},
       {"seconds", &EpochStats::seconds},
       {"faces_per_s", &EpochStats::faces_per_s},
       {"augment_share", &EpochStats::augment_share}}};
  return kColumns;
}

void CheckConverges(const EpochStats& epoch, const MeanFaceError& mean_face) {
  // A first epoch of few steps may be off by a side or two.
  constexpr double kFarSides = 10.0;
  if (epoch.validation_mse <= kFarSides * kFarSides) return;
  throw Error(fmt::format(
      "the training diverged: after epoch {} points are off by {:.3g} times the side of the crop, "
      "and the mean face by {:.2g}; train into another folder with a lower --learning-rate",
      epoch.epoch, std::sqrt(epoch.validation_mse), std::sqrt(mean_face.mse)));
}

std::string MeanFaceText(const TrainReport& report) {
  EpochStats mean;
  mean.validation_mse = report.mean_face.mse;
  mean.validation_nme = report.mean_face.nme;
  if (report.best.epoch == 0 || ValidationError(report.best) < ValidationError(mean)) return "";
  const std::string error = std::isfinite(mean.validation_nme)
                                ? fmt::format("NME {:.3f} %", mean.validation_nme)
                                : fmt::format("MSE {:.6f} of the input", mean.validation_mse);
  return fmt::format(
      "the model is no better than the mean of the training faces, whatever it sees ({}): it has "
      "learned nothing. Train longer, or with another --learning-rate.",
      error);
}

double ValidationError(const EpochStats& epoch) {
  return std::isfinite(epoch.validation_nme) ? epoch.validation_nme : epoch.validation_mse;
}

}  // namespace nosetip

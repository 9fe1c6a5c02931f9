#include "training/landmarks/train_job.h"

#include <array>
#include <cmath>

#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/output/options_json.h"
#include "training/run/run_folder.h"

namespace nosetip {

nlohmann::json RunIdentity(const TrainJob& job) {
  nlohmann::json data = nlohmann::json::object();
  const auto add = [&](const std::string& name, const FacePack& pack) {
    data[name] = {pack.FaceCount(),   pack.size_px,      pack.extent,      pack.schema,
                  pack.names.front(), pack.names.back(), NameOf(pack.view)};
  };
  for (size_t i = 0; i < job.packs.size(); ++i) add("pack " + std::to_string(i + 1), job.packs[i]);
  for (size_t i = 0; i < job.rehearsal.size(); ++i) {
    add("rehearsal " + std::to_string(i + 1), job.rehearsal[i]);
  }
  // What is left out may change without changing what is learned.
  nlohmann::json options = JsonFromOptions(job.options, {"device", "threads", "half", "init"});
  if (job.options.pull > 0.0) options["init"] = job.options.init;
  return {{"options", options}, {"augment", JsonFromOptions(job.augment)}, {"data", data}};
}

void CheckJob(const TrainJob& job) {
  Check(!job.packs.empty(), "one pack or more to train on");
  Validate(job.options);
  Validate(job.augment);
  Check(!job.options.like_init && job.options.hold_out_from == 0, "options that are settled");
  if (job.options.pull > 0.0 && job.options.init.empty()) {
    throw Error("--pull needs the weights to pull back to; give --init MODEL");
  }
  std::vector<const FacePack*> packs;
  for (const FacePack& pack : job.packs) packs.push_back(&pack);
  for (const FacePack& pack : job.rehearsal) packs.push_back(&pack);
  for (const FacePack* one : packs) {
    const FacePack& pack = *one;
    if (pack.schema != job.packs.front().schema) {
      throw Error("the data sets have different points (" + job.packs.front().schema + " and " +
                  pack.schema + "); train on one kind at a time");
    }
    if (NameOf(pack.view) != job.options.view) {
      throw Error("a data set was packed for the view '" + std::string(NameOf(pack.view)) +
                  "', but --view is " + job.options.view + "; pack it again with that --view");
    }
    if (pack.extent < job.options.margin) {
      throw Error("a data set was packed with an extent of " + std::to_string(pack.extent) +
                  ", less than the crop's --margin of " + std::to_string(job.options.margin) +
                  "; pack it again with a larger --extent");
    }
  }
  CheckRunFolder(job.out, job.resume);
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

double ValidationError(const EpochStats& epoch) {
  return std::isfinite(epoch.validation_nme) ? epoch.validation_nme : epoch.validation_mse;
}

}  // namespace nosetip

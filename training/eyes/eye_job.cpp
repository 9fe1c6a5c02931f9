#include "training/eyes/eye_job.h"

#include <array>

#include <fmt/core.h>
#include <nlohmann/json.hpp>

#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/output/options_json.h"

namespace nosetip {

std::span<const Field<EyeTrainOptions>> EyeTrainOptions::Fields() {
  using O = EyeTrainOptions;
  static const std::array kFields = std::to_array<Field<O>>({
      {"epochs", &O::epochs,
       "Train for this many epochs. A higher number with --resume continues a finished run.", 1,
       100000},
      {"batch", &O::batch, "Use this many eyes per step.", 2, 4096},
      {"learning-rate", &O::learning_rate, "Highest learning rate; it falls to zero as a cosine.",
       0, 1},
      {"warmup-epochs", &O::warmup_epochs, "Epochs over which the learning rate rises.", 0, 1000},
      {"weight-decay", &O::weight_decay, "Weight decay of AdamW.", 0, 1},
      {"average", &O::average, "Decay per step of the averaged weights, which are kept.", 0,
       0.99999},
      {"close-share", &O::close_share,
       "Shut this share of the open eyes, half or wholly, by pulling the lid down in the picture.",
       0, 1},
      {"openness-weight", &O::openness_weight,
       "Weight of the error of the eye's openness beside that of its points.", 0, 100},
      {"validation-percent", &O::validation_percent, "Percent of the groups to hold out.", 1, 90},
      {"validation-groups", &O::validation_groups,
       "Hold out these groups instead, such as 33-40 for people of IMM."},
      {"validation-parts", &O::validation_parts,
       "Measure only these parts of the data, such as lfpw,helen."},
      {"seed", &O::seed, "Seed all random numbers with this.", 0, 2147483647},
      {"device", &O::device, "Device to train on.", 0, 0, {"auto", "cpu", "cuda"}},
      {"threads", &O::threads, "Use this many CPU threads; 0 for all cores.", 0, 1024},
      {"init", &O::init, "Start from the eye network of this model file."},
  });
  return kFields;
}

std::span<const HistoryColumn<EyeEpoch>> EyeEpoch::HistoryColumns() {
  using E = EyeEpoch;
  static constexpr std::array<HistoryColumn<E>, 8> kColumns = {
      {{"train_loss", &E::train_loss},
       {"eye_nme", &E::eye_nme},
       {"openness_mae", &E::openness_mae},
       {"correlation", &E::correlation},
       {"slope", &E::slope},
       {"shut_found", &E::shut_found},
       {"learning_rate", &E::learning_rate},
       {"seconds", &E::seconds}}};
  return kColumns;
}

void CheckEyeJob(const EyeJob& job) {
  Check(!job.packs.empty(), "one pack or more to train on");
  Validate(job.options);
  const HoldOut hold_out = job.options.Validation();
  size_t held_out = 0;
  size_t others = 0;
  for (const FacePack& pack : job.packs) {
    Check(pack.schema == "ibug68", "faces with the points of ibug68");
    for (size_t i = 0; i < pack.FaceCount(); ++i) {
      held_out += IsMeasured(pack.groups[i], pack.parts[i], hold_out) ? 1 : 0;
      others += IsHeldOut(pack.groups[i], hold_out) ? 0 : 1;
    }
  }
  if (held_out > 0 && others > 0) return;
  throw Error(
      fmt::format("{} faces are held out and {} are left to train on; give more data, or other "
                  "--validation-percent, --validation-groups or --validation-parts",
                  held_out, others));
}

nlohmann::json IdentityOf(const EyeJob& job) {
  nlohmann::json data = {{"model", std::filesystem::path(job.model).filename().string()}};
  for (size_t i = 0; i < job.packs.size(); ++i) {
    const FacePack& pack = job.packs[i];
    data[fmt::format("pack {}", i + 1)] = {pack.FaceCount(), pack.size_px, pack.extent,
                                           pack.names.front(), pack.names.back()};
  }
  const nlohmann::json identity = {
      {"options", JsonFromOptions(job.options, {"device", "threads", "init"})}, {"data", data}};
  // As it is read back, where bytes of names that are not UTF-8 are replaced.
  return ParseJson(JsonText(identity));
}

}  // namespace nosetip

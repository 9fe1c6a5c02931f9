#include "training/detector/detector_job.h"

#include <array>
#include <utility>

#include "training/data/held_out.h"

namespace nosetip {

std::span<const Field<DetectorTrainOptions>> DetectorTrainOptions::Fields() {
  using O = DetectorTrainOptions;
  static const std::array kFields = std::to_array<Field<O>>({
      {"epochs", &O::epochs,
       "Train for this many epochs. A higher number with --resume continues a finished run.", 1,
       100000},
      {"scenes", &O::scenes, "Compose this many new scenes per epoch.", 2, 10000000},
      {"batch", &O::batch, "Use this many scenes per step.", 2, 4096},
      {"learning-rate", &O::learning_rate, "Highest learning rate; it falls to zero as a cosine.",
       0, 1},
      {"warmup-epochs", &O::warmup_epochs, "Epochs over which the learning rate rises.", 0, 1000},
      {"weight-decay", &O::weight_decay, "Weight decay of AdamW.", 0, 1},
      {"average", &O::average, "Decay per step of the averaged weights, which are kept.", 0,
       0.99999},
      {"validation-percent", &O::validation_percent,
       "Percent of the groups of photographs to hold out.", 1, 90},
      {"validation-scenes", &O::validation_scenes, "Scenes to measure each epoch on.", 2, 1000000},
      {"mixed-precision", &O::mixed_precision, "Use bfloat16 where LibTorch considers it safe."},
      {"seed", &O::seed, "Seed all random numbers with this.", 0, 2147483647},
      {"device", &O::device, "Device to train on.", 0, 0, {"auto", "cpu", "cuda"}},
      {"threads", &O::threads,
       "CPU threads of the network; 0 for half of the cores, beside the loaders.", 0, 1024},
      {"loaders", &O::loaders, "Compose scenes on this many threads.", 1, 256},
      {"init", &O::init, "Model file of a detector to start from."},
      {"teacher", &O::teacher,
       "Learn from the answers of this detector too (.onnx with YuNet's layout of 2023); it also "
       "looks for faces without labels, so that they do not count as background."},
  });
  return kFields;
}

std::span<const HistoryColumn<DetectorEpoch>> DetectorEpoch::HistoryColumns() {
  using E = DetectorEpoch;
  static constexpr std::array<HistoryColumn<E>, 9> kColumns = {
      {{"train_loss", &E::train_loss},
       {"validation_loss", &E::validation_loss},
       {"validation_cls", &E::validation_cls},
       {"validation_obj", &E::validation_obj},
       {"validation_box", &E::validation_box},
       {"validation_points", &E::validation_points},
       {"learning_rate", &E::learning_rate},
       {"seconds", &E::seconds},
       {"scenes_per_s", &E::scenes_per_s}}};
  return kColumns;
}

DetectorPhotographs SplitPhotographs(std::vector<Photograph> photographs,
                                     std::vector<Photograph> backgrounds, int percent) {
  DetectorPhotographs split;
  for (Photograph& photograph : photographs) {
    const bool held_out = IsHeldOut(photograph.group, percent);
    (held_out ? split.validation : split.train).push_back(std::move(photograph));
  }
  for (Photograph& background : backgrounds) {
    const bool held_out = IsHeldOut(background.group, percent);
    (held_out ? split.validation_backgrounds : split.train_backgrounds)
        .push_back(std::move(background));
  }
  return split;
}

}  // namespace nosetip

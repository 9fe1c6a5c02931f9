#include "training/landmarks/train_options.h"

#include <array>
#include <set>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"

namespace nosetip {

std::span<const Field<TrainOptions>> TrainOptions::Fields() {
  using O = TrainOptions;
  static const std::array kFields = std::to_array<Field<O>>({
      {"architecture",
       &O::architecture,
       "network",
       0,
       0,
       {"resnet18", "resnet18_maps", "resnet18_half_maps", "conv3", "conv3_bn", "conv5",
        "conv5_bn"}},
      {"epochs", &O::epochs, "times that every face is shown", 1, 100000},
      {"batch", &O::batch, "faces a step", 2, 4096},
      {"view",
       &O::view,
       "what the network sees: the surroundings of a face's box, or the whole picture",
       0,
       0,
       {"face", "picture"}},
      {"input-px", &O::input_px, "width of the network's input in pixels", 16, 1024},
      {"input-height-px", &O::input_height_px, "height of the network's input; 0 for a square", 0,
       1024},
      {"learning-rate", &O::learning_rate, "highest learning rate", 0, 1},
      {"schedule",
       &O::schedule,
       "after the warm-up: falls to zero as a cosine, or stays",
       0,
       0,
       {"cosine", "constant"}},
      {"warmup-epochs", &O::warmup_epochs, "epochs over which the learning rate rises", 0, 1000},
      {"weight-decay", &O::weight_decay, "AdamW's weight decay; 0 makes it Adam", 0, 1},
      {"loss", &O::loss, "loss over the points", 0, 0, {"wing", "smooth_l1", "l1", "mse", "huber"}},
      {"average", &O::average,
       "decay a step of the averaged weights that are kept; 0 keeps the last ones", 0, 0.99999},
      {"mean-start", &O::mean_start, "let the fresh network answer with the mean face"},
      {"margin", &O::margin, "the crop's size over that of the box that it holds", 1, 2},
      {"validation-percent", &O::validation_percent,
       "groups of faces held out; 0 for none, then the faces trained on are measured", 0, 90},
      {"validation-groups", &O::validation_groups,
       "instead: names or ranges of the groups held out, such as 33-40 for people of IMM"},
      {"validation-parts", &O::validation_parts,
       "parts of the data that count in validation, such as lfpw,helen; empty for all"},
      {"mixed-precision", &O::mixed_precision, "bfloat16 where LibTorch thinks it safe"},
      {"seed", &O::seed, "start of every random number", 0, 2147483647},
      {"device", &O::device, "where to train", 0, 0, {"auto", "cpu", "cuda"}},
      {"threads", &O::threads, "CPU threads; 0 for all cores", 0, 1024},
      {"init", &O::init,
       "model file whose weights are the start; a resnet18 may start a resnet18_maps"},
      {"like-init", &O::like_init, "take architecture, view, input size and margin from --init"},
      {"pull", &O::pull,
       "how strongly weights are pulled back to those of --init: each step goes this times its "
       "learning rate of the way; 0 for not at all",
       0, 1e6},
      {"freeze-norm", &O::freeze_norm,
       "leave statistics and factors of the batch normalization as --init has them"},
      {"epsilon", &O::epsilon,
       "of AdamW: gradients far below it make small steps, as without Adam, in place of equal ones",
       1e-12, 1000},
      {"learn-errors", &O::learn_errors,
       "teach a network that says how large its errors are to say so of these faces"},
      {"steps", &O::steps,
       "steps of an epoch, with as many repetitions of the faces as that takes; 0 to show each "
       "once",
       0, 1000000},
      {"hold-out-from", &O::hold_out_from,
       "fewest groups of which some are held out; of fewer all are trained on", 0, 1000000},
      {"half", &O::half, "store the model's weights as float16"},
  });
  return kFields;
}

TrainOptions WithShapeOfInit(TrainOptions options) {
  if (!options.like_init) return options;
  if (options.init.empty()) {
    throw Error("this training goes on from a model, and none is named; give --init MODEL");
  }
  const ModelInfo model = ReadModelInfo(options.init);
  options.like_init = false;
  options.architecture = model.architecture;
  options.view = NameOf(model.view);
  options.input_px = model.input_px.width;
  options.input_height_px = model.input_px.height;
  options.margin = model.crop_margin;
  return options;
}

TrainOptions WithHoldOutFor(TrainOptions options, std::span<const FacePack> packs) {
  std::set<std::string> groups;
  size_t held_out = 0;
  for (const FacePack& pack : packs) groups.insert(pack.groups.begin(), pack.groups.end());
  const HoldOut hold_out = options.Validation();
  for (const std::string& group : groups) held_out += IsHeldOut(group, hold_out) ? 1 : 0;
  const bool some_of_each = held_out > 0 && held_out < groups.size();
  const auto fewest = static_cast<size_t>(std::exchange(options.hold_out_from, 0));
  if (fewest > 0 && (groups.size() < fewest || !some_of_each)) {
    options.validation_percent = 0;
    options.validation_groups.clear();
  }
  return options;
}

}  // namespace nosetip

#include "training/landmarks/train_options.h"

#include <array>
#include <vector>

namespace nosetip {
namespace {

using O = TrainOptions;

// The table in parts, in the order of the help text.

auto NetworkFields() {
  return std::to_array<Field<O>>({
      {"architecture",
       &O::architecture,
       "Network architecture.",
       0,
       0,
       {"resnet18", "resnet18_maps", "resnet18_half_maps", "conv3", "conv3_bn", "conv5",
        "conv5_bn"}},
      {"epochs", &O::epochs,
       "Train for this many epochs. A higher number with --resume continues a finished run.", 1,
       100000},
      {"batch", &O::batch, "Use this many faces per step.", 2, 4096},
      {"view",
       &O::view,
       "What the network sees: the surroundings of a face's box, or the whole picture.",
       0,
       0,
       {"face", "picture"}},
      {"input-px", &O::input_px, "Width of the network's input in pixels.", 16, 1024},
      {"input-height-px", &O::input_height_px,
       "Height of the network's input in pixels; 0 for a square.", 0, 1024},
  });
}

auto OptimizationFields() {
  return std::to_array<Field<O>>({
      {"learning-rate", &O::learning_rate, "Set the peak learning rate.", 0, 1},
      {"schedule",
       &O::schedule,
       "Learning rate after the warm-up: falling to zero as a cosine, or constant.",
       0,
       0,
       {"cosine", "constant"}},
      {"warmup-epochs", &O::warmup_epochs, "Epochs over which the learning rate rises.", 0, 1000},
      {"weight-decay", &O::weight_decay, "Weight decay of AdamW; 0 makes it Adam.", 0, 1},
      {"loss",
       &O::loss,
       "Loss over the points.",
       0,
       0,
       {"wing", "smooth_l1", "l1", "mse", "huber"}},
      {"average", &O::average,
       "Keep averaged weights with this decay per step; 0 keeps the last weights.", 0, 0.99999},
      {"mean-start", &O::mean_start, "Start from a network that outputs the mean face."},
      {"margin", &O::margin, "Crop this many times the face's box.", 1, 2},
  });
}

auto ValidationAndMachineFields() {
  return std::to_array<Field<O>>({
      {"validation-percent", &O::validation_percent,
       "Hold out this percentage of the groups; 0 measures on the training faces.", 0, 90},
      {"validation-groups", &O::validation_groups,
       "Names or ranges of the groups to hold out instead, such as 33-40 for people of IMM."},
      {"validation-parts", &O::validation_parts,
       "Parts of the data that count in validation, such as lfpw,helen; empty for all."},
      {"mixed-precision", &O::mixed_precision, "Use bfloat16 where LibTorch considers it safe."},
      {"seed", &O::seed, "Seed all random numbers with this.", 0, 2147483647},
      {"device", &O::device, "Device to train on.", 0, 0, {"auto", "cpu", "cuda"}},
      {"threads", &O::threads, "CPU threads; 0 for all cores.", 0, 1024},
  });
}

auto FineTuneFields() {
  return std::to_array<Field<O>>({
      {"init", &O::init, "Start from this model file; a resnet18_maps can start from a resnet18."},
      {"like-init", &O::like_init, "Take architecture, view, input size and margin from --init."},
      {"pull", &O::pull,
       "Pull the weights toward those of --init with this strength (per step, divided by the "
       "learning rate); 0 for none.",
       0, 1e6},
      {"freeze-norm", &O::freeze_norm,
       "Keep the statistics, factors and offsets of --init's batch normalization."},
      {"epsilon", &O::epsilon,
       "Set AdamW's epsilon; a very large value makes it plain gradient descent.", 1e-12, 1000},
      {"learn-errors", &O::learn_errors,
       "Train the predicted error of each point, if the architecture has it."},
      {"steps", &O::steps, "Steps per epoch, repeating faces as needed; 0 to show each face once.",
       0, 1000000},
      {"hold-out-from", &O::hold_out_from,
       "Hold out groups only if the data has at least this many.", 0, 1000000},
      {"half", &O::half, "Store the model's weights as float16."},
  });
}

}  // namespace

std::span<const Field<TrainOptions>> TrainOptions::Fields() {
  static const std::vector<Field<O>> kFields = [] {
    std::vector<Field<O>> all;
    const auto append = [&](const auto& part) { all.insert(all.end(), part.begin(), part.end()); };
    append(NetworkFields());
    append(OptimizationFields());
    append(ValidationAndMachineFields());
    append(FineTuneFields());
    return all;
  }();
  return kFields;
}

}  // namespace nosetip

// How a landmark network is trained. Free of LibTorch.
#pragma once

#include <span>
#include <string>

#include "tracker/core/crop.h"
#include "tracker/core/fields.h"
#include "training/data/held_out.h"
#include "training/landmarks/augment_options.h"

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

}  // namespace nosetip

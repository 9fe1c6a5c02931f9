#include "training/landmarks/recipes.h"

#include <algorithm>
#include <string>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

// What all original trainings share: Adam at a constant rate, MSE, the last weights.
Recipe Original(std::string_view architecture) {
  Recipe recipe;
  recipe.train.architecture = architecture;
  recipe.train.learning_rate = 1e-3;
  recipe.train.schedule = "constant";
  recipe.train.warmup_epochs = 0;
  recipe.train.weight_decay = 0.0;
  recipe.train.loss = "mse";
  recipe.train.average = 0.0;
  recipe.train.mean_start = false;
  recipe.augment = AugmentOptions::None();
  return recipe;
}

Recipe OriginalOfPictures(std::string_view architecture, SizePx input_px, int epochs) {
  Recipe recipe = Original(architecture);
  recipe.train.view = "picture";
  recipe.train.margin = 1.0F;
  recipe.train.input_px = input_px.width;
  recipe.train.input_height_px = input_px.height;
  recipe.train.batch = 8;
  recipe.train.epochs = epochs;
  return recipe;
}

// For networks with so many points that they need some augmentation.
AugmentOptions Mild(float shift) {
  AugmentOptions augment = AugmentOptions::None();
  augment.rotation_deg = 7.0F;
  augment.shift = shift;
  augment.light = 0.5F;
  return augment;
}

Recipe OriginalNose() { return OriginalOfPictures("conv3", {80, 60}, 60); }

Recipe OriginalFace58() {
  Recipe recipe = OriginalOfPictures("conv5", {160, 120}, 200);
  recipe.augment = Mild(0.02F);
  return recipe;
}

Recipe OriginalFace68() {
  Recipe recipe = Original("resnet18");
  recipe.train.epochs = 20;
  recipe.augment = Mild(0.03F);
  return recipe;
}

// Small networks on few faces: many epochs, a high rate, and only as much augmentation as they can
// cope with.
Recipe BestSmall(std::string_view architecture, int input_px, int epochs) {
  Recipe recipe;
  recipe.train.architecture = architecture;
  recipe.train.input_px = input_px;
  recipe.train.epochs = epochs;
  recipe.train.batch = 16;
  recipe.train.learning_rate = 0.01;
  recipe.train.weight_decay = 0.01;
  recipe.train.warmup_epochs = 5;
  recipe.train.average = 0.99;
  recipe.train.margin = 1.4F;
  recipe.augment.rotation_deg = 8.0F;
  recipe.augment.occlusion = 0.1F;
  recipe.augment.blur = 0.15F;
  recipe.augment.light = 0.7F;
  return recipe;
}

Recipe BestNose() {
  Recipe recipe = BestSmall("conv3_bn", 64, 300);
  recipe.train.loss = "mse";
  // From the mean, a single point is slow to start.
  recipe.train.mean_start = false;
  return recipe;
}

Recipe BestFace58() {
  Recipe recipe = BestSmall("conv5_bn", 96, 200);
  recipe.train.loss = "mse";
  recipe.train.margin = 1.25F;
  recipe.train.weight_decay = 0.05;
  recipe.train.average = 0.995;
  return recipe;
}

// Run c of the shipped model's recipe (assets/models/MODEL_CARD.md), with more epochs, since that
// run started from other models. Shift and zoom are a little larger than the errors of the
// tracker's boxes.
Recipe BestFace68() {
  Recipe recipe;
  recipe.train.architecture = "resnet18_maps";
  recipe.train.input_px = 192;
  recipe.train.epochs = 100;
  recipe.train.batch = 32;
  recipe.train.learning_rate = 1e-3;
  recipe.augment.rotation_deg = 11.0F;
  recipe.augment.shift = 0.03F;
  recipe.augment.zoom = 0.05F;
  recipe.augment.occlusion = 0.25F;
  recipe.augment.blur = 0.2F;
  recipe.augment.light = 0.7F;
  return recipe;
}

Recipe FineTune() {
  Recipe recipe;
  recipe.train.like_init = true;
  recipe.train.epochs = 4;
  recipe.train.steps = 8;
  recipe.train.batch = 8;
  // Far above the gradients: plain gradient descent. Adam's equal steps would move all weights,
  // also those that are right, and change other faces.
  recipe.train.epsilon = 1.0;
  recipe.train.learning_rate = 2e-4;
  recipe.train.loss = "huber";
  recipe.train.learn_errors = false;  // a few faces do not tell how large errors are
  recipe.train.weight_decay = 0.0;    // replaced by the pull
  recipe.train.pull = 10.0;
  recipe.train.freeze_norm = true;  // statistics of a few faces are not those of the others
  recipe.train.average = 0.9;
  recipe.train.validation_percent = 20;
  recipe.train.hold_out_from = 8;
  // The model may have learned that labels lie to one side; mirrored faces would contradict it.
  recipe.augment.mirror = false;
  recipe.augment.rotation_deg = 12.0F;
  recipe.augment.shift = 0.05F;
  recipe.augment.zoom = 0.07F;
  return recipe;
}

}  // namespace

std::vector<std::string> RecipeNames() { return {"best", "original", "fine-tune"}; }

Recipe RecipeOf(std::string_view task, std::string_view recipe) {
  const bool original = recipe == "original";
  const bool fine_tune = recipe == "fine-tune";
  if (!original && !fine_tune && recipe != "best") {
    throw Error(fmt::format("unknown recipe '{}'; choose best, original or fine-tune", recipe));
  }
  if (fine_tune && std::ranges::count(kLandmarkTasks, task, &LandmarkTask::name) > 0) {
    return FineTune();
  }
  if (task == "nose") return original ? OriginalNose() : BestNose();
  if (task == "face58") return original ? OriginalFace58() : BestFace58();
  if (task == "face68") return original ? OriginalFace68() : BestFace68();
  throw Error(fmt::format("unknown training '{}'; choose nose, face58 or face68", task));
}

}  // namespace nosetip

// The landmark networks that Nosetip trains, and how. Free of LibTorch.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "training/landmarks/augment_options.h"
#include "training/landmarks/train_job.h"

namespace nosetip {

struct LandmarkTask {
  std::string_view name;    // of the command and of the model
  std::string_view schema;  // its points
  std::string_view help;
};

inline constexpr std::array<LandmarkTask, 3> kLandmarkTasks = {{
    {"nose", "nose1", "train the network that finds the tip of the nose"},
    {"face58", "imm58", "train the network of IMM's 58 points"},
    {"face68", "ibug68", "train the network of iBUG's 68 points"},
}};

// The recipes that every task has, the default first.
std::vector<std::string> RecipeNames();

struct Recipe {
  TrainOptions train;
  AugmentOptions augment;
};

// "original": the networks as first published, with Adam and MSE alone. nose sees the whole picture
// at 80x60, face58 at 160x120, face68 a face at 224x224. "best": the most accurate known training
// of a network of the same size; nose and face58 see the surroundings of a face. "fine-tune":
// continues from a model (TrainOptions::init) with 2 to 50 more faces, such as those of one person,
// without forgetting the others. Architecture and input are the model's. Throws Error for another
// name of a task or recipe.
Recipe RecipeOf(std::string_view task, std::string_view recipe);

}  // namespace nosetip

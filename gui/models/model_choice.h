// Which model is in use, and the way back.
#pragma once

#include <filesystem>
#include <vector>

#include "training/background/model_comparison.h"

namespace nosetip {

// For the app to keep in its settings, one of each task.
struct ModelChoice {
  std::filesystem::path in_use;               // a file, or "auto"
  std::vector<std::filesystem::path> before;  // used earlier, the latest last
};

// What can be done with a model that was trained. Nothing is done without the user's word.
enum class TrainedModelFate {
  kUse,       // keep it, and use it from now on; the old one stays, one click away
  kKeepBoth,  // keep it, go on with the old one
  kDiscard    // the run's folder stays
};

// What to offer first: a worse model is never the one to use.
TrainedModelFate SuggestedFate(const ModelComparison& comparison);

// The choice with another model in use. No change where it is in use already.
ModelChoice WithModel(ModelChoice choice, const std::filesystem::path& model);
// The choice with the model in use before; models that are no more are passed over. No change where
// there is none.
ModelChoice WithModelBefore(ModelChoice choice);
bool CanGoBack(const ModelChoice& choice);

}  // namespace nosetip

#include "training/landmarks/initial_weights.h"

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/landmarks/network_eval.h"

namespace nosetip {

void StartFromModel(const std::string& path, const NetworkSpec& spec, const LandmarkSchema& schema,
                    torch::nn::Sequential& network) {
  const Model model = LoadModel(path);
  const NetworkSpec& given = model.meta.network;
  const bool convolutions_only =
      spec.architecture == kScoreMapArchitecture && given.architecture == "resnet18";
  if ((given.architecture != spec.architecture && !convolutions_only) ||
      model.meta.schema != schema.name) {
    throw Error(path + " is a " + given.architecture + " for " + model.meta.schema +
                "; this training needs a " + spec.architecture + " for " +
                std::string(schema.name));
  }
  if (convolutions_only) return StartFromResNet18(model.network, network);
  if (!given.architecture.starts_with("resnet18") && given.input_px != spec.input_px) {
    throw Error(path + " has an input of " + std::to_string(given.input_px.width) + "x" +
                std::to_string(given.input_px.height) +
                " px, which its fully connected layers depend on; train with the same input size");
  }
  CopyWeights(*model.network, *network);
}

}  // namespace nosetip

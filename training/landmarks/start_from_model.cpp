#include "training/landmarks/start_from_model.h"

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "training/run/optimizer.h"
#include "training/run/run_folder.h"

namespace nosetip {

void StartFromModel(const std::string& path, const NetworkSpec& spec, const LandmarkSchema& schema,
                    torch::nn::Sequential& network) {
  const Model model = LoadModel(path);
  const NetworkSpec& given = model.meta.network;
  const bool convolutions_only =
      spec.architecture == kScoreMapArchitecture && given.architecture == "resnet18";
  if ((given.architecture != spec.architecture && !convolutions_only) ||
      model.meta.schema != schema.name) {
    throw Error(fmt::format("{} is a {} for {}; this training needs a {} for {}", path,
                            given.architecture, model.meta.schema, spec.architecture, schema.name));
  }
  if (convolutions_only) return StartFromResNet18(model.network, network);
  if (!given.architecture.starts_with("resnet18") && given.input_px != spec.input_px) {
    throw Error(fmt::format(
        "{} has an input of {}x{} px, on which its fully connected layers depend; train with the "
        "same input size",
        path, given.input_px.width, given.input_px.height));
  }
  CopyWeights(*model.network, *network);
}

torch::nn::Sequential EyesToKeep(const TrainJob& job, const LandmarkSchema& schema) {
  const std::filesystem::path own = job.out / kRunModel;
  std::error_code ignored;
  const bool resumed = job.resume && std::filesystem::exists(own, ignored);
  const std::string path = resumed ? own.string() : job.options.init;
  if (path.empty()) return nullptr;
  const Model start = LoadModel(path);
  return start.meta.schema == schema.name ? start.eyes : torch::nn::Sequential(nullptr);
}

}  // namespace nosetip

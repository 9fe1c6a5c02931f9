#include "training/evaluation/average_models.h"

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/model_lookup.h"
#include "training/data/trained_groups.h"

namespace nosetip {
namespace {

using Tensors = torch::OrderedDict<std::string, torch::Tensor>;

// Everything in which models must agree.
std::string KindOf(const ModelMeta& meta) {
  const NetworkSpec& network = meta.network;
  return fmt::format("{}, {} channels, {}x{} px, {}, view {}, margin {:f}", network.architecture,
                     network.channels, network.input_px.width, network.input_px.height, meta.schema,
                     NameOf(meta.view), meta.crop_margin);
}

// Takes part `n` of a mean, from 1.
void Join(const Tensors& next, int n, const Tensors& mean) {
  for (const auto& item : mean) {
    if (!item.value().is_floating_point()) continue;  // a count of batches
    item.value().lerp_(next[item.key()], 1.0 / n);
  }
}

}  // namespace

void AverageModels(std::span<const std::string> models, const std::filesystem::path& out) {
  Check(!models.empty(), "one model or more");
  const torch::NoGradGuard no_grad;
  TrainedGroups groups;
  for (const std::string& model : models) {
    groups.Add(TrainedGroups(ReadModelInfo(model).trained_groups));
  }
  Model mean = LoadModel(models.front());
  for (size_t i = 1; i < models.size(); ++i) {
    const Model next = LoadModel(models[i]);
    if (KindOf(next.meta) != KindOf(mean.meta)) {
      throw Error(fmt::format("{} differs from {} ({}; {}); give models of the same kind",
                              models[i], models.front(), KindOf(next.meta), KindOf(mean.meta)));
    }
    const int n = static_cast<int>(i) + 1;
    Join(next.network->named_parameters(), n, mean.network->named_parameters());
    Join(next.network->named_buffers(), n, mean.network->named_buffers());
    if (mean.meta.ranges.size() == next.meta.ranges.size()) {
      Widen(mean.meta.ranges, next.meta.ranges);
    } else {
      mean.meta.ranges.clear();
    }
  }
  mean.meta.about = {{"mean of", models}, {kTrainedGroups, groups.Text()}};
  SaveModel(out, mean, /*half=*/true);
}

}  // namespace nosetip

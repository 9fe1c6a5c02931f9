#include "training/evaluation/average_models.h"

#include "tracker/core/error.h"
#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using Tensors = torch::OrderedDict<std::string, torch::Tensor>;

// A description of all in which models must agree.
std::string MakeOf(const ModelMeta& meta) {
  return meta.network.architecture + ", " + std::to_string(meta.network.channels) + " channels, " +
         std::to_string(meta.network.input_px.width) + "x" +
         std::to_string(meta.network.input_px.height) + " px, " + meta.schema + ", view " +
         std::string(NameOf(meta.view)) + ", margin " + std::to_string(meta.crop_margin);
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
  Model mean = LoadModel(models.front());
  for (size_t i = 1; i < models.size(); ++i) {
    const Model next = LoadModel(models[i]);
    if (MakeOf(next.meta) != MakeOf(mean.meta)) {
      throw Error(models[i] + " is of another make than " + models.front() + " (" +
                  MakeOf(next.meta) + "; " + MakeOf(mean.meta) + "); give models of one make");
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
  mean.meta.about = {{"mean of", models}};
  SaveModel(out, mean, /*half=*/true);
}

}  // namespace nosetip

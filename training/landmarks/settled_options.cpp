#include "training/landmarks/settled_options.h"

#include <string>
#include <utility>

#include "tracker/core/error.h"
#include "tracker/model/model_lookup.h"

namespace nosetip {

TrainOptions WithShapeOfInit(TrainOptions options) {
  if (!options.like_init) return options;
  if (options.init.empty()) {
    throw Error("this training starts from a model, but none is named; give --init MODEL");
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
  NamesOfFaces names;
  size_t held_out = 0;
  for (const FacePack& pack : packs) {
    names.groups.insert(pack.groups.begin(), pack.groups.end());
    names.parts.insert(pack.parts.begin(), pack.parts.end());
  }
  const HoldOut hold_out = options.Validation();
  CheckNames(hold_out, names, "--validation-");
  for (const std::string& group : names.groups) held_out += IsHeldOut(group, hold_out) ? 1 : 0;
  const bool some_of_each = held_out > 0 && held_out < names.groups.size();
  const auto fewest = static_cast<size_t>(std::exchange(options.hold_out_from, 0));
  if (fewest > 0 && (names.groups.size() < fewest || !some_of_each)) {
    options.validation_percent = 0;
    options.validation_groups.clear();
  }
  return options;
}

}  // namespace nosetip

#include "tracker/model/model_info.h"

#include "tracker/model/checkpoint.h"

namespace nosetip {
namespace {

using nlohmann::json;

std::optional<double> Number(const json& about, const char* name) {
  const auto found = about.find(name);
  if (found == about.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string HeldOutText(const json& about) {
  const json options = about.value("training", json::object()).value("options", json::object());
  const auto percent = options.find("validation-percent");
  if (percent == options.end()) return "";
  const std::string groups = options.value("validation-groups", "");
  if (*percent == 0 && groups.empty()) return kNoneHeldOut;
  const std::string parts = options.value("validation-parts", "");
  std::string text = groups.empty() ? percent->dump() + " % of the groups" : "the groups " + groups;
  if (!parts.empty()) text += ", of them " + parts;
  return text;
}

}  // namespace

ModelInfo ReadModelInfo(const std::filesystem::path& path) {
  const ModelMeta meta = LoadModel(path).meta;
  const json about = meta.about.is_object() ? meta.about : json::object();
  ModelInfo info;
  info.architecture = meta.network.architecture;
  info.schema = meta.schema;
  info.view = meta.view;
  info.input_px = meta.network.input_px;
  info.crop_margin = meta.crop_margin;
  info.validation_nme = Number(about, "validation_nme");
  info.validation_mse = Number(about, "validation_mse");
  info.validation_faces = static_cast<int>(Number(about, "validation_faces").value_or(0.0));
  info.held_out = HeldOutText(about);
  return info;
}

}  // namespace nosetip

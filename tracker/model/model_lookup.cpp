#include "tracker/model/model_lookup.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "tracker/core/environment.h"
#include "tracker/core/error.h"
#include "tracker/core/json_text.h"
#include "tracker/core/nearest_name.h"
#include "tracker/model/checkpoint.h"
#include "tracker/model/safetensors_file.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

bool IsThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string NameOf(const std::string& path) { return fs::path(path).filename().string(); }

std::string Ms(double ms) { return fmt::format("{} ms", std::lround(ms)); }

using Load = std::function<LoadedModel(const std::string& path, std::string reason)>;

LoadedModel FastEnough(const Load& load, const AutoModels& models) {
  LoadedModel accurate = load(models.accurate, "");
  const double ms = accurate.landmarkers.front()->MeasureFaceMs();
  if (ms <= kLiveFaceMs) {
    accurate.reason = fmt::format("takes {} per face here", Ms(ms));
    return accurate;
  }
  const std::string slow =
      fmt::format("{} takes {} per face here", NameOf(models.accurate), Ms(ms));
  if (!IsThere(models.fast)) {
    accurate.reason = fmt::format("{}; {} would be faster, but is missing", slow, models.fast);
    return accurate;
  }
  LoadedModel fast = load(models.fast, "");
  fast.reason = fmt::format("{}, this one {}", slow, Ms(fast.landmarkers.front()->MeasureFaceMs()));
  return fast;
}

// Of the models of this installation, and "auto".
std::vector<std::string> ShippedNames() {
  std::vector<std::string> names;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(AssetPath("models"), ignored)) {
    if (entry.path().extension() == kSafetensors) names.push_back(entry.path().stem().string());
  }
  std::ranges::sort(names);
  names.emplace_back(kAutoModel);
  return names;
}

std::optional<double> Number(const json& about, const char* name) {
  const auto found = about.find(name);
  if (found == about.end() || !found->is_number()) return std::nullopt;
  return found->get<double>();
}

std::string Text(const json& about, const char* name) {
  const auto found = about.find(name);
  return found != about.end() && found->is_string() ? found->get<std::string>() : "";
}

std::string HeldOutText(const json& about) {
  const json options = about.value("training", json::object()).value("options", json::object());
  const auto percent = options.find("validation-percent");
  if (percent == options.end()) return "";
  const std::string groups = options.value("validation-groups", "");
  if (*percent == 0 && groups.empty()) return kNoneHeldOut;
  const std::string parts = options.value("validation-parts", "");
  std::string text = groups.empty() ? fmt::format("{} % of the groups", JsonText(*percent))
                                    : "the groups " + groups;
  if (!parts.empty()) text += ", of them " + parts;
  return text;
}

}  // namespace

AutoModels ShippedModels() {
  return {AssetPath("models/face68.safetensors").string(),
          AssetPath("models/face68-fast.safetensors").string()};
}

std::string LandmarkFile(const std::string& wanted, const AutoModels& models) {
  if (wanted == kAutoModel) return models.accurate;
  if (IsThere(wanted) || fs::path(wanted).has_parent_path()) return wanted;
  for (const std::string_view ending : {std::string_view(), kSafetensors}) {
    const fs::path shipped = AssetPath(fmt::format("models/{}{}", wanted, ending));
    if (IsThere(shipped)) return shipped.string();
  }
  if (fs::path(wanted).has_extension()) return wanted;  // loading it reports what is wrong
  const std::vector<std::string> names = ShippedNames();
  const std::string hint = DidYouMean(wanted, names);
  throw Error(fmt::format("there is no model {}{} Give a file, or one of {}.", wanted,
                          hint.empty() ? "." : hint, fmt::join(names, ", ")));
}

LoadedModel LoadModelFor(const std::string& wanted, const DeviceChoice& device, size_t count,
                         int threads, Pace pace, const AutoModels& models) {
  const auto load = [&](const std::string& path, std::string reason) {
    return LoadedModel{path, std::move(reason), LoadLandmarkers(path, device, count, threads)};
  };
  if (wanted != kAutoModel) return load(LandmarkFile(wanted, models), "");
  if (device.kind == DeviceKind::kCuda) return load(models.accurate, "the accurate one, on a GPU");
  if (pace == Pace::kReproducible) {
    return load(models.accurate, "the accurate one, since files can wait");
  }
  return FastEnough(load, models);
}

ModelInfo ReadModelInfo(const std::filesystem::path& path) {
  const ModelMeta meta = ReadModelMeta(path);
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
  info.trained_groups = Text(about, kTrainedGroups);
  return info;
}

}  // namespace nosetip

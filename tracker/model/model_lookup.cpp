#include "tracker/model/model_lookup.h"

#include <cmath>
#include <filesystem>
#include <functional>
#include <system_error>
#include <utility>

#include "tracker/core/assets.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;

bool IsThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

std::string NameOf(const std::string& path) { return fs::path(path).filename().string(); }

std::string Ms(double ms) { return std::to_string(std::lround(ms)) + " ms"; }

using Load = std::function<LoadedModel(const std::string& path, std::string reason)>;

LoadedModel FastEnough(const Load& load, const AutoModels& models) {
  LoadedModel accurate = load(models.accurate, "");
  const double ms = accurate.landmarkers.front()->MeasureFaceMs();
  if (ms <= kLiveFaceMs) {
    accurate.reason = "a face takes it " + Ms(ms) + " here";
    return accurate;
  }
  const std::string slow = NameOf(models.accurate) + " takes " + Ms(ms) + " a face here";
  if (!IsThere(models.fast)) {
    accurate.reason = slow + "; " + models.fast + " would be faster, and is missing";
    return accurate;
  }
  LoadedModel fast = load(models.fast, "");
  fast.reason = slow + ", this one " + Ms(fast.landmarkers.front()->MeasureFaceMs());
  return fast;
}

}  // namespace

AutoModels ShippedModels() {
  return {AssetPath("models/face68.ntm").string(), AssetPath("models/face68-fast.ntm").string()};
}

std::string LandmarkFile(const std::string& wanted, const AutoModels& models) {
  if (wanted == kAutoModel) return models.accurate;
  if (IsThere(wanted) || fs::path(wanted).has_parent_path()) return wanted;
  for (const char* ending : {"", ".ntm"}) {
    const fs::path shipped = AssetPath("models/" + wanted + ending);
    if (IsThere(shipped)) return shipped.string();
  }
  return wanted;  // loading it says what is wrong
}

LoadedModel LoadModelFor(const std::string& wanted, const DeviceChoice& device, size_t count,
                         int threads, Pace pace, const AutoModels& models) {
  const auto load = [&](const std::string& path, std::string reason) {
    return LoadedModel{path, std::move(reason), LoadLandmarkers(path, device, count, threads)};
  };
  if (wanted != kAutoModel) return load(LandmarkFile(wanted, models), "");
  if (device.kind == DeviceKind::kCuda) return load(models.accurate, "the accurate one, on a GPU");
  if (pace == Pace::kAnswersRepeat) {
    return load(models.accurate, "the accurate one, since files can wait");
  }
  return FastEnough(load, models);
}

}  // namespace nosetip

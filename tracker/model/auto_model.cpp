#include "tracker/model/auto_model.h"

#include <cmath>
#include <filesystem>
#include <system_error>

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

// `wanted` itself where nothing fits: loading it says what is wrong.
std::string FileOf(const std::string& wanted) {
  if (IsThere(wanted) || fs::path(wanted).has_parent_path()) return wanted;
  for (const char* ending : {"", ".ntm"}) {
    const fs::path shipped = AssetPath("models/" + wanted + ending);
    if (IsThere(shipped)) return shipped.string();
  }
  return wanted;
}

LoadedModel Load(const std::string& path, std::string reason, const DeviceChoice& device,
                 int threads) {
  return {path, std::move(reason), LoadLandmarker(path, device, threads)};
}

LoadedModel FastEnough(const DeviceChoice& device, int threads, const AutoModels& models) {
  LoadedModel accurate = Load(models.accurate, "", device, threads);
  const double ms = accurate.landmarker->MeasureFaceMs();
  if (ms <= kLiveFaceMs) {
    accurate.reason = "a face takes it " + Ms(ms) + " here";
    return accurate;
  }
  const std::string slow = NameOf(models.accurate) + " takes " + Ms(ms) + " a face here";
  if (!IsThere(models.fast)) {
    accurate.reason = slow + "; " + models.fast + " would be faster, and is missing";
    return accurate;
  }
  LoadedModel fast = Load(models.fast, "", device, threads);
  fast.reason = slow + ", this one " + Ms(fast.landmarker->MeasureFaceMs());
  return fast;
}

}  // namespace

AutoModels ShippedModels() {
  return {AssetPath("models/face68.ntm").string(), AssetPath("models/face68-fast.ntm").string()};
}

LoadedModel LoadModelFor(const std::string& wanted, const DeviceChoice& device, int threads,
                         Pace pace, const AutoModels& models) {
  if (wanted != kAutoModel) return Load(FileOf(wanted), "", device, threads);
  if (device.kind == DeviceKind::kCuda) {
    return Load(models.accurate, "the accurate one, on a GPU", device, threads);
  }
  if (pace == Pace::kAnswersRepeat) {
    return Load(models.accurate, "the accurate one, since files can wait", device, threads);
  }
  return FastEnough(device, threads, models);
}

}  // namespace nosetip

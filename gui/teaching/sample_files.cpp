#include "gui/teaching/sample_files.h"

#include <algorithm>
#include <array>
#include <ctime>
#include <string>
#include <system_error>

#include <fmt/core.h>

#include "tracker/core/error.h"
#include "tracker/output/annotation_writers.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
namespace {

namespace fs = std::filesystem;
using std::chrono::system_clock;

std::string NameOfMoment(system_clock::time_point moment) {
  const std::time_t seconds = system_clock::to_time_t(moment);
  const auto since = moment - system_clock::from_time_t(seconds);
  const auto milliseconds =
      std::chrono::duration_cast<std::chrono::milliseconds>(since).count() % 1000;
  std::tm local{};
  localtime_r(&seconds, &local);
  std::array<char, 32> text{};
  // Hyphens, as readers of data sets take a number after an underscore for that of a face.
  std::strftime(text.data(), text.size(), "sample-%Y%m%d-%H%M%S", &local);
  return fmt::format("{}-{:03}", text.data(), std::max<long>(0, milliseconds));
}

SavedSample FreeName(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  for (int number = 1;; ++number) {
    const std::string stem = number == 1 ? name : fmt::format("{}-{}", name, number);
    const SavedSample sample{folder / (stem + ".png"), folder / (stem + ".pts")};
    if (!fs::exists(sample.picture, ignored) && !fs::exists(sample.points, ignored)) return sample;
  }
}

}  // namespace

SavedSample SaveSample(const fs::path& folder, const Image& picture,
                       std::span<const Point2f> points_px, system_clock::time_point captured_at) {
  Check(!points_px.empty(), "points to save");
  std::error_code failure;
  fs::create_directories(folder, failure);
  if (failure) {
    throw Error(
        fmt::format("cannot create the folder {} ({}); check what is at this place and that it may "
                    "be written to",
                    folder.string(), failure.message()));
  }
  const SavedSample sample = FreeName(folder, NameOfMoment(captured_at));
  WritePicture(sample.picture.string(), picture);
  try {
    WritePts(sample.points, points_px);
  } catch (const Error&) {
    fs::remove(sample.picture, failure);
    throw;
  }
  return sample;
}

std::vector<SavedSample> ListSamples(const fs::path& folder) {
  std::vector<SavedSample> samples;
  std::error_code failure;
  for (const auto& entry : fs::directory_iterator(folder, failure)) {
    if (entry.path().extension() != ".pts") continue;
    fs::path picture = entry.path();
    picture.replace_extension(".png");
    std::error_code ignored;
    if (fs::exists(picture, ignored)) samples.push_back({picture, entry.path()});
  }
  std::ranges::sort(samples, {}, &SavedSample::points);
  return samples;
}

void RemoveSample(const SavedSample& sample) {
  for (const fs::path& path : {sample.points, sample.picture}) {
    std::error_code failure;
    fs::remove(path, failure);
    if (failure) {
      throw Error(fmt::format("cannot remove {} ({}); check its permissions", path.string(),
                              failure.message()));
    }
  }
}

}  // namespace nosetip

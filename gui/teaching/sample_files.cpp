#include "gui/teaching/sample_files.h"

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <string>
#include <system_error>

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
  char text[64];
  // Hyphens: behind an underscore, readers take a number for that of a face.
  const size_t length = std::strftime(text, sizeof(text), "sample-%Y%m%d-%H%M%S", &local);
  std::snprintf(text + length, sizeof(text) - length, "-%03d",
                static_cast<int>(std::max<long>(0, milliseconds)));
  return text;
}

SavedSample FreeName(const fs::path& folder, const std::string& name) {
  std::error_code ignored;
  for (int number = 1;; ++number) {
    const std::string stem = number == 1 ? name : name + "-" + std::to_string(number);
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
    throw Error(folder.string() + " cannot be made (" + failure.message() +
                "); check what is at this place and that it may be written to");
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
      throw Error(path.string() + " cannot be removed (" + failure.message() +
                  "); check its permissions");
    }
  }
}

}  // namespace nosetip

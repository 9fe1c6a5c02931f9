// Runs of nosetip-track over small made-up inputs.
#pragma once

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/fake_scene.h"
#include "tests/support/test_files.h"
#include "tracker/cli/track_run.h"
#include "tracker/sources/pictures.h"

namespace nosetip {
// Finds nothing, and tells how often it was asked.
class BlindDetector : public FaceDetector {
 public:
  explicit BlindDetector(std::function<void()> on_detect) : on_detect_(std::move(on_detect)) {}
  std::vector<FaceBox> Detect(const Image&) override {
    on_detect_();
    return {};
  }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }

 private:
  std::function<void()> on_detect_;
};

class IdleLandmarker : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size());
  }
};

// A face whose place follows from the picture's gray level.
inline RectF FaceOf(const Image& image) {
  return {20.0F + 0.2F * static_cast<float>(image.At(0, 0)[0]), 30.0F, 60.0F, 60.0F};
}

class GrayDetector : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image& image) override {
    return {{DetectionOfLandmarkBox(FaceOf(image)), 0.9F}};
  }
  std::vector<FaceBox> DetectIn(const Image& image, const RectF&, int, float) override {
    return Detect(image);
  }
};

class GrayLandmarker : public Landmarker {
 public:
  const LandmarkSchema& schema() const override { return Ibug68(); }
  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    return std::vector<Landmarks>(boxes.size(), {FakePoints(FaceOf(image), 68), {}});
  }
};

inline double MeanDifference(const Image& a, const Image& b) {
  double sum = 0.0;
  for (size_t i = 0; i < a.rgb.size(); ++i) sum += std::abs(a.rgb[i] - b.rgb[i]);
  return sum / static_cast<double>(a.rgb.size());
}

inline std::vector<std::string> NamesIn(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::ranges::sort(names);
  return names;
}

class TrackRunTest : public ::testing::Test {
 protected:
  std::string Picture(const std::string& name) {
    std::filesystem::create_directories((folder_ / name).parent_path());
    const std::string path = (folder_ / name).string();
    WritePicture(path, Image(40, 30));
    return path;
  }

  RunSettings SettingsFor(const std::vector<Input>& inputs, OutputOptions kinds = {.csv = true}) {
    RunSettings settings;
    settings.outputs = {kinds, folder_ / "out", PlanOutputs(inputs), Ibug68(), {}};
    for (size_t i = 0; i < settings.outputs.plan.tables.size(); ++i) settings.tables.push_back(i);
    settings.stop = stop_.get_token();
    settings.max_frames = max_frames_;
    settings.on_summary = [this](const TableSummary& summary) { summaries_.push_back(summary); };
    settings.on_error = [this](const std::string& error) { errors_.push_back(error); };
    return settings;
  }

  static RunOutcome Run(const RunSettings& settings, std::span<TrackingParts> jobs) {
    Progress progress({.write = [](std::string_view) {}});
    return TrackTables(settings, jobs, progress);
  }

  // Requests a stop during frame `stop_after_` where that is not 0.
  RunOutcome Track(const std::vector<Input>& inputs) {
    int frames = 0;
    const auto count = [&] {
      if (++frames == stop_after_) stop_.request_stop();
    };
    TrackingParts parts{
        Tracker(std::make_unique<BlindDetector>(count), std::make_unique<IdleLandmarker>(), {}),
        nullptr};
    return Run(SettingsFor(inputs), {&parts, 1});
  }

  // Pictures of a face that moves; `first` makes one clip unlike another.
  Input GrayClip(const std::string& name, int frames, int first = 0) {
    std::filesystem::create_directories(folder_ / name);
    for (int i = 0; i < frames; ++i) {
      Image image(160, 120);
      std::fill(image.rgb.begin(), image.rgb.end(), static_cast<uint8_t>(first + 8 * i));
      WritePicture((folder_ / name / (std::to_string(i) + ".png")).string(), image);
    }
    return {(folder_ / name / "%d.png").string(), SourceKind::kPictureSequence};
  }

  static std::vector<TrackingParts> GrayJobs(size_t count) {
    std::vector<TrackingParts> jobs;
    while (jobs.size() < count) {
      jobs.push_back({Tracker(std::make_unique<GrayDetector>(), std::make_unique<GrayLandmarker>(),
                              TrackerOptions{}, FurtherFaces::kOffered),
                      std::make_unique<GrayDetector>(), 4});
    }
    return jobs;
  }

  TempFolder folder_;
  int64_t max_frames_ = 0;
  int stop_after_ = 0;
  std::stop_source stop_;
  std::vector<TableSummary> summaries_;
  std::vector<std::string> errors_;
};

}  // namespace nosetip

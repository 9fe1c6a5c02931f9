// Detectors and pictures for tests of measurements.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "training/evaluation/detector/detector_sets.h"

namespace nosetip {

// Sees the same in every picture, and notes when it was asked.
class SameDetector final : public FaceDetector {
 public:
  SameDetector(std::vector<FaceBox> boxes, int id, std::shared_ptr<std::vector<int>> calls)
      : boxes_(std::move(boxes)), id_(id), calls_(std::move(calls)) {}

  std::vector<FaceBox> Detect(const Image&) override {
    calls_->push_back(id_);
    return boxes_;
  }
  std::vector<FaceBox> DetectIn(const Image&, const RectF&, int, float) override { return {}; }

 private:
  std::vector<FaceBox> boxes_;
  int id_;
  std::shared_ptr<std::vector<int>> calls_;
};

inline PictureSequence BlackPictures(int count, const std::vector<FaceToFind>& faces) {
  return [=, done = 0]() mutable -> std::optional<PictureToExamine> {
    if (done == count) return std::nullopt;
    return PictureToExamine{"picture " + std::to_string(done++), Image(64, 64), faces};
  };
}

inline constexpr RectF kFace{10, 10, 40, 40};

// Two detectors: one sees the face with 0.9, the other with 0.5 and another one with 0.7.
inline std::vector<FaceFinder> TwoDetectors(const std::shared_ptr<std::vector<int>>& calls) {
  return {
      FindByDetector(std::make_unique<SameDetector>(std::vector<FaceBox>{{kFace, 0.9F}}, 1, calls)),
      FindByDetector(std::make_unique<SameDetector>(
          std::vector<FaceBox>{{{100, 0, 40, 40}, 0.7F}, {kFace, 0.5F}}, 2, calls))};
}

}  // namespace nosetip

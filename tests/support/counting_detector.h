// A real detector whose calls are counted.
#pragma once

#include <memory>
#include <utility>
#include <vector>

#include "tracker/vision/face_detector.h"

namespace nosetip {

struct DetectorCalls {
  int detect = 0;
  int detect_in = 0;
};

class CountingDetector final : public FaceDetector {
 public:
  CountingDetector(std::unique_ptr<FaceDetector> detector, std::shared_ptr<DetectorCalls> calls)
      : detector_(std::move(detector)), calls_(std::move(calls)) {}

  std::vector<FaceBox> Detect(const Image& image) override {
    ++calls_->detect;
    return detector_->Detect(image);
  }

  std::vector<FaceBox> DetectInPicture(const Image& image) override {
    ++calls_->detect;
    return detector_->DetectInPicture(image);
  }

  std::vector<FaceBox> DetectIn(const Image& image, const RectF& region, int input_px,
                                float min_score) override {
    ++calls_->detect_in;
    return detector_->DetectIn(image, region, input_px, min_score);
  }

 private:
  std::unique_ptr<FaceDetector> detector_;
  std::shared_ptr<DetectorCalls> calls_;
};

}  // namespace nosetip

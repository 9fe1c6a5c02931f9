// A detector that sees a scene's faces.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "tests/support/fake_scene.h"

namespace nosetip {

class FakeDetector final : public FaceDetector {
 public:
  explicit FakeDetector(std::shared_ptr<FakeScene> scene) : scene_(std::move(scene)) {}

  // Faces of a score below 0.6 are missed here, as by YuNet with its default.
  std::vector<FaceBox> Detect(const Image&) override {
    ++scene_->detect_calls;
    return Seen([](const FakeFace& face) { return face.score >= 0.6F; });
  }

  std::vector<FaceBox> DetectIn(const Image&, const RectF& region, int, float min_score) override {
    ++scene_->detect_in_calls;
    return Seen([&](const FakeFace& face) {
      return face.score >= min_score && !face.is_ghost &&
             Intersection(face.box, region).Area() > 0.7F * face.box.Area();
    });
  }

 private:
  template <typename IsSeen>
  std::vector<FaceBox> Seen(IsSeen is_seen) const {
    std::vector<FaceBox> boxes;
    for (const FakeFace& face : scene_->faces) {
      if (is_seen(face)) boxes.push_back({DetectionOfLandmarkBox(face.box), face.score});
    }
    std::sort(boxes.begin(), boxes.end(),
              [](const FaceBox& a, const FaceBox& b) { return a.score > b.score; });
    return boxes;
  }

  std::shared_ptr<FakeScene> scene_;
};

}  // namespace nosetip

// A landmark network that sees a scene's faces.
#pragma once

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "tests/support/fake_scene.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// Finds the face nearest to the middle of the box, if its center is in the box at all. Where there
// is none it gives a face's shape all the same, as a trained network does.
class FakeLandmarker final : public Landmarker {
 public:
  explicit FakeLandmarker(std::shared_ptr<FakeScene> scene, const LandmarkSchema& schema = Ibug68())
      : scene_(std::move(scene)), schema_(schema) {}

  const LandmarkSchema& schema() const override { return schema_; }

  std::vector<Landmarks> Locate(const Image&, std::span<const RectF> boxes) override {
    scene_->boxes_per_call.push_back(boxes.size());
    std::vector<Landmarks> located;
    for (const RectF& box : boxes) {
      located.push_back({FakePoints(Nearest(box), schema_.count), scene_->point_confidence});
    }
    return located;
  }

 private:
  RectF Nearest(const RectF& box) const {
    RectF nearest = box;
    float least = 0.5F * std::max(box.width, box.height);
    for (const FakeFace& face : scene_->faces) {
      const float distance = Distance(face.box.Center(), box.Center());
      if (distance > least) continue;
      least = distance;
      nearest = face.box;
    }
    return nearest;
  }

  std::shared_ptr<FakeScene> scene_;
  const LandmarkSchema& schema_;
};

}  // namespace nosetip

// Measures an old and a new model on the same faces. Free of LibTorch and OpenCV.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "training/background/training_messages.h"
#include "training/evaluation/evaluate.h"

namespace nosetip {

struct ComparedModels {
  std::string new_model;
  std::string old_model;  // empty for none
  std::string device = "auto";
  int threads = 0;  // 0 for all cores
};

// The part of `picture` around `box` as a small gray picture, with the points in its pixels.
ShownFace FaceCutOut(const Image& picture, const RectF& box, const std::vector<Point2f>& truth_px,
                     const std::vector<Point2f>& predicted_px);

// Measures both models on crops around the true points' bounds. An old model that cannot be
// compared is left out, with a remark. `on_face` is called before each face with the count of faces
// done and of all, for both models together; what it throws ends the measurement. Throws Error
// where the new model cannot be measured.
ModelComparison CompareModels(
    const ComparedModels& models, const std::vector<FaceToMeasure>& faces,
    const std::function<void(size_t, size_t)>& on_face = [](size_t, size_t) {});

}  // namespace nosetip

// A detector that sees the painted faces by the color of their noses.
#pragma once

#include <cmath>
#include <cstdlib>
#include <vector>

#include "tests/unit/training/detector/scenes/painted_faces.h"
#include "tracker/vision/face_detector.h"

namespace nosetip {

class SpotTeacher final : public FaceDetector {
 public:
  int seen = 0;
  float score = 0.5F;  // of what it sees

  std::vector<FaceBox> Detect(const Image& image) override {
    std::vector<FaceBox> boxes;
    for (const RectF& nose : Noses(image)) {
      // The disc's width gives the face's size; its nose is in the middle of the landmarks.
      const float height = 0.5F * nose.width / kDiscRadius;
      const Point2f c = nose.Center();
      boxes.push_back(
          {{c.x - 0.36F * height, c.y - 0.615F * height, 0.72F * height, height}, score});
    }
    seen += static_cast<int>(boxes.size());
    return boxes;
  }

  std::vector<FaceBox> DetectIn(const Image& image, const RectF&, int, float) override {
    return Detect(image);
  }

 private:
  // Bounds of the spots of the nose's color, each grown from its first pixel.
  static std::vector<RectF> Noses(const Image& image) {
    std::vector<RectF> noses;
    for (int y = 0; y < image.height_px; ++y) {
      for (int x = 0; x < image.width_px; ++x) {
        const uint8_t* rgb = image.At(x, y);
        if (!std::equal(rgb, rgb + 3, kPointColors[2].begin())) continue;
        AddTo(noses, {static_cast<float>(x), static_cast<float>(y)});
      }
    }
    return noses;
  }

  static void AddTo(std::vector<RectF>& noses, Point2f p) {
    for (RectF& nose : noses) {
      const RectF near{nose.x - 12.0F, nose.y - 12.0F, nose.width + 24.0F, nose.height + 24.0F};
      if (p.x < near.x || p.y < near.y || p.x > near.x + near.width || p.y > near.y + near.height) {
        continue;
      }
      const std::vector<Point2f> both = {
          p, {nose.x, nose.y}, {nose.x + nose.width, nose.y + nose.height}};
      nose = BoundsOf(both);
      return;
    }
    noses.push_back({p.x, p.y, 0.0F, 0.0F});
  }
};

}  // namespace nosetip

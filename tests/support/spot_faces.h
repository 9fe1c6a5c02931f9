// Faces whose landmarks are single pixels, each of a color of its own, and fakes that look for
// these pixels. Whatever shifts a picture, its boxes or its points by a pixel is seen.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <utility>
#include <vector>

#include "tests/support/fake_scene.h"
#include "tracker/core/image.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// Whole pixels, no two the same, that touch all four sides of the box from (x, y) to (x + side, y +
// side). Each seed gives another face.
inline std::vector<Point2f> SpotFace(int x, int y, int side, unsigned seed, int count = 68) {
  std::mt19937 random(seed);
  std::set<std::pair<int, int>> taken = {
      {x, y + 3}, {x + side, y + 5}, {x + 7, y}, {x + 9, y + side}};
  while (taken.size() < static_cast<size_t>(count)) {
    taken.emplace(x + static_cast<int>(random() % static_cast<unsigned>(side + 1)),
                  y + static_cast<int>(random() % static_cast<unsigned>(side + 1)));
  }
  std::vector<Point2f> points;
  for (const auto& [px, py] : taken) {
    points.push_back({static_cast<float>(px), static_cast<float>(py)});
  }
  std::shuffle(points.begin(), points.end(), random);
  return points;
}

// Red tells the face in its picture, green the landmark, blue that it is one.
inline constexpr uint8_t kSpotBlue = 201;
inline constexpr uint8_t kBackground = 40;

inline Image PictureOfSpots(int width_px, int height_px,
                            const std::vector<std::vector<Point2f>>& faces) {
  Image image(width_px, height_px);
  std::fill(image.rgb.begin(), image.rgb.end(), kBackground);
  for (size_t f = 0; f < faces.size(); ++f) {
    for (size_t k = 0; k < faces[f].size(); ++k) {
      uint8_t* rgb = image.At(static_cast<int>(faces[f][k].x), static_cast<int>(faces[f][k].y));
      rgb[0] = static_cast<uint8_t>(f);
      rgb[1] = static_cast<uint8_t>(k);
      rgb[2] = kSpotBlue;
    }
  }
  return image;
}

// Calls visit(x, y, rgb) for each spot of the picture.
template <typename Visit>
void ForEachSpot(const Image& image, Visit visit) {
  for (int y = 0; y < image.height_px; ++y) {
    for (int x = 0; x < image.width_px; ++x) {
      const uint8_t* rgb = image.At(x, y);
      if (rgb[2] == kSpotBlue) visit(x, y, rgb);
    }
  }
}

// Finds the spots whose pixels' centers are in the box; of the others it says that they are in the
// box's middle. All of it is moved by `error_px`.
class SpotLandmarker final : public Landmarker {
 public:
  explicit SpotLandmarker(const LandmarkSchema& schema, Point2f error_px = {})
      : schema_(schema), error_px_(error_px) {}

  const LandmarkSchema& schema() const override { return schema_; }

  std::vector<Landmarks> Locate(const Image& image, std::span<const RectF> boxes) override {
    constexpr float kGrace =
        0.3F;  // less than the half pixel by which a box reaches over its spots
    std::vector<Landmarks> located;
    for (const RectF& box : boxes) {
      std::vector<Point2f> points(static_cast<size_t>(schema_.count), box.Center());
      ForEachSpot(image, [&](int x, int y, const uint8_t* rgb) {
        const Point2f p{static_cast<float>(x), static_cast<float>(y)};
        const bool inside = p.x >= box.x - kGrace && p.x <= box.x + box.width + kGrace &&
                            p.y >= box.y - kGrace && p.y <= box.y + box.height + kGrace;
        if (inside && rgb[1] < points.size()) points[rgb[1]] = p;
      });
      for (Point2f& p : points) p = p + error_px_;
      located.push_back({std::move(points), {}});
    }
    return located;
  }

 private:
  const LandmarkSchema& schema_;
  Point2f error_px_;
};

// Sees the faces of the picture, the later ones with the better scores.
class SpotDetector final : public FaceDetector {
 public:
  std::vector<FaceBox> Detect(const Image& image) override {
    std::map<uint8_t, std::vector<Point2f>> faces;
    ForEachSpot(image, [&](int x, int y, const uint8_t* rgb) {
      faces[rgb[0]].push_back({static_cast<float>(x), static_cast<float>(y)});
    });
    std::vector<FaceBox> boxes;
    for (const auto& [face, points] : faces) {
      const float score = 0.8F + 0.01F * static_cast<float>(face);
      boxes.insert(boxes.begin(), {DetectionOfLandmarkBox(BoundsOf(points)), score});
    }
    return boxes;
  }

  std::vector<FaceBox> DetectIn(const Image& image, const RectF&, int, float) override {
    return Detect(image);
  }
};

}  // namespace nosetip

// Drawn "faces" whose points can be seen: a bright spot at every landmark of a made-up layout.
#pragma once

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "tracker/core/landmark_schema.h"
#include "training/data/pack.h"

namespace nosetip {

// A layout that is mirror symmetric, as faces are, within the unit square.
inline std::vector<Point2f> SyntheticShape(const LandmarkSchema& schema) {
  std::mt19937 random(7);
  std::uniform_real_distribution<float> place(0.0F, 1.0F);
  std::vector<Point2f> shape(static_cast<size_t>(schema.count));
  for (size_t i = 0; i < shape.size(); ++i) {
    const auto j = static_cast<size_t>(schema.mirror[i]);
    if (j < i) continue;
    const Point2f p{place(random), place(random)};
    shape[i] = {j == i ? 0.5F : p.x, p.y};
    shape[j] = {1.0F - shape[i].x, p.y};
  }
  return shape;
}

// Faces of varied size and place, each of a group of its own and of part "even" or "odd". One spot
// (Gaussian, sigma 1.5 px) a landmark, or only at the landmarks `spots`. Place and size vary by up
// to `spread` of the picture.
inline FacePack SyntheticPack(size_t faces, int size_px, const std::vector<int>& spots = {},
                              float spread = 0.04F) {
  const LandmarkSchema& schema = Ibug68();
  const std::vector<Point2f> shape = SyntheticShape(schema);
  FacePack pack;
  pack.size_px = size_px;
  pack.extent = 2.0F;
  std::mt19937 random(11);
  std::uniform_real_distribution<float> jitter(-spread, spread);
  for (size_t f = 0; f < faces; ++f) {
    const float side = (0.5F + jitter(random)) * static_cast<float>(size_px);
    const Point2f corner{(0.25F + jitter(random)) * static_cast<float>(size_px),
                         (0.25F + jitter(random)) * static_cast<float>(size_px)};
    std::vector<float> light(static_cast<size_t>(size_px) * static_cast<size_t>(size_px), 40.0F);
    for (size_t k = 0; k < shape.size(); ++k) {
      const Point2f p = corner + side * shape[k];
      pack.points_px.insert(pack.points_px.end(), {p.x, p.y});
      if (!spots.empty() && std::find(spots.begin(), spots.end(), k) == spots.end()) continue;
      for (int y = 0; y < size_px; ++y) {
        for (int x = 0; x < size_px; ++x) {
          const float d = Distance(p, {static_cast<float>(x), static_cast<float>(y)});
          light[static_cast<size_t>(y * size_px + x)] += 200.0F * std::exp(-d * d / 4.5F);
        }
      }
    }
    for (const float value : light) {
      pack.pixels.push_back(static_cast<uint8_t>(std::lround(std::min(value, 255.0F))));
    }
    // In the middle of a large photograph.
    const auto around_px = static_cast<float>(size_px);
    pack.boxes.push_back({around_px + corner.x, around_px + corner.y, side, side});
    pack.photographs_px.push_back(SizePx::Square(3 * size_px));
    pack.names.push_back("face" + std::to_string(f));
    pack.groups.push_back("group" + std::to_string(f));
    pack.parts.push_back(f % 2 == 0 ? "even" : "odd");
  }
  return pack;
}

}  // namespace nosetip

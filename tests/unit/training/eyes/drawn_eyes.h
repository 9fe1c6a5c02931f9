// Faces of which nothing is drawn but their eyes, dark, with black edges of the upper lids.
#pragma once

#include <cmath>
#include <string>

#include "tracker/core/eye_crop.h"
#include "training/data/pack.h"

namespace nosetip {

// Eyes of that openness, in squares of 200 px, each face of a group of its own.
inline FacePack DrawnEyes(size_t faces, float openness) {
  FacePack pack;
  pack.size_px = 200;
  pack.extent = 2.0F;
  const SizePx square = SizePx::Square(pack.size_px);
  for (size_t face = 0; face < faces; ++face) {
    std::vector<uint8_t> pixels(square.Area(), 200);
    // Spread over the face, since they bound its box.
    std::vector<Point2f> points(68);
    for (size_t k = 0; k < points.size(); ++k) {
      points[k] = {50.0F + static_cast<float>(k % 10) * 10.0F,
                   50.0F + static_cast<float>(k / 10) * 16.0F};
    }
    points[33] = {100.0F, 120.0F};
    for (size_t eye = 0; eye < 2; ++eye) {
      const float x = eye == 0 ? 65.0F : 135.0F;
      const float y = 80.0F + static_cast<float>(face % 5);
      const float out = eye == 0 ? -1.0F : 1.0F;
      const float half = 0.5F * openness * 30.0F;
      const PointsOfEye shape = {{{x + out * 15.0F, y},
                                  {x + out * 6.0F, y - half},
                                  {x - out * 6.0F, y - half},
                                  {x - out * 15.0F, y},
                                  {x - out * 6.0F, y + half},
                                  {x + out * 6.0F, y + half}}};
      for (size_t k = 0; k < shape.size(); ++k) points[kEyesOfIbug68[eye][k]] = shape[k];
      // Level between the lid's points, and slanted to the corners.
      for (int column = -15; column <= 15; ++column) {
        const float from_corner = 15.0F - static_cast<float>(std::abs(column));
        const float rise = half * std::min(1.0F, from_corner / 9.0F);
        const auto at = static_cast<size_t>(static_cast<int>(x) + column);
        const long lid = std::lround(y - rise);
        for (long row = lid - 1; row <= std::lround(y + rise); ++row) {
          pixels[static_cast<size_t>(row) * 200 + at] = row <= lid ? 0 : 90;
        }
      }
    }
    pack.pixels.insert(pack.pixels.end(), pixels.begin(), pixels.end());
    for (const Point2f p : points) {
      pack.points_px.push_back(p.x);
      pack.points_px.push_back(p.y);
    }
    pack.boxes.push_back({50.0F, 50.0F, 100.0F, 100.0F});
    pack.photographs_px.push_back(square);
    pack.names.push_back("face " + std::to_string(face));
    pack.groups.push_back(pack.names.back());
    pack.parts.emplace_back();
  }
  return pack;
}

}  // namespace nosetip

#include "bench/bench_inputs.h"

#include <cmath>
#include <cstdint>
#include <utility>

namespace nosetip {

Image NoisePicture() {
  Image image(640, 480);
  uint32_t noise = 1;
  for (uint8_t& value : image.rgb) {
    noise = noise * 1664525U + 1013904223U;
    value = static_cast<uint8_t>(noise >> 24U);
  }
  return image;
}

TrackResult MadeUpFaces(int faces, float shift_px) {
  constexpr float kSide = 110.0F;
  TrackResult result;
  for (int i = 0; i < faces; ++i) {
    TrackedFace face;
    face.id = i;
    face.box = {{20.0F + 30.0F * static_cast<float>(i) + shift_px, 180.0F, kSide, kSide}, 0.9F};
    for (int k = 0; k < 68; ++k) {
      const auto angle = static_cast<float>(k);
      const float radius = 0.5F * kSide * (k % 3 == 0 ? 1.0F : 0.6F);
      const Point2f middle = face.box.rect.Center();
      face.landmarks.points_px.push_back(
          {middle.x + radius * std::cos(angle), middle.y + radius * std::sin(angle)});
    }
    face.pose = HeadPose{{0.0F, 0.0F, 600.0F}, {0.1F, 0.2F, 0.0F}, {640.0, 640.0, 319.5, 239.5}};
    face.confidence = 0.9F;
    result.faces.push_back(std::move(face));
  }
  return result;
}

}  // namespace nosetip

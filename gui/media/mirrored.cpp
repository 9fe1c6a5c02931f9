#include "gui/media/mirrored.h"

#include <algorithm>

namespace nosetip {

Image Mirrored(const Image& image) {
  Image mirrored(image.width_px, image.height_px);
  for (int y = 0; y < image.height_px; ++y) {
    const uint8_t* from = image.At(0, y);
    uint8_t* to = mirrored.At(0, y) + 3 * image.width_px;
    for (int x = 0; x < image.width_px; ++x, from += 3) to = std::copy_n(from, 3, to - 3) - 3;
  }
  return mirrored;
}

TrackResult Mirrored(const TrackResult& result, int width_px) {
  TrackResult mirrored = result;
  const float last_x = static_cast<float>(width_px) - 1.0F;
  for (TrackedFace& face : mirrored.faces) {
    RectF& box = face.box.rect;
    box.x = last_x - box.x - box.width;
    for (Point2f& p : face.landmarks.points_px) p.x = last_x - p.x;
    if (!face.pose) continue;
    // M R M with M = diag(-1, 1, 1): what turns about the mirror's own axis, the pitch, stays.
    face.pose->translation_mm[0] = -face.pose->translation_mm[0];
    face.pose->rotation_rad[1] = -face.pose->rotation_rad[1];
    face.pose->rotation_rad[2] = -face.pose->rotation_rad[2];
  }
  return mirrored;
}

}  // namespace nosetip

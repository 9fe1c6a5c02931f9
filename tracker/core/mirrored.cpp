#include "tracker/core/mirrored.h"

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

Point2f Mirrored(Point2f point, int width_px) {
  return {static_cast<float>(width_px - 1) - point.x, point.y};
}

RectF Mirrored(const RectF& rect, int width_px) {
  return {static_cast<float>(width_px - 1) - rect.x - rect.width, rect.y, rect.width, rect.height};
}

TrackResult Mirrored(const TrackResult& result, int width_px) {
  TrackResult mirrored = result;
  for (TrackedFace& face : mirrored.faces) {
    face.box.rect = Mirrored(face.box.rect, width_px);
    for (Point2f& p : face.landmarks.points_px) p = Mirrored(p, width_px);
    if (!face.pose) continue;
    // M R M with M = diag(-1, 1, 1): what turns about the mirror's own axis, the pitch, stays.
    face.pose->translation_mm[0] = -face.pose->translation_mm[0];
    face.pose->rotation_rad[1] = -face.pose->rotation_rad[1];
    face.pose->rotation_rad[2] = -face.pose->rotation_rad[2];
    face.pose->camera.cx_px = static_cast<double>(width_px - 1) - face.pose->camera.cx_px;
  }
  return mirrored;
}

std::vector<Point2f> MirroredFace(const std::vector<Point2f>& points_px,
                                  const LandmarkSchema& schema, int width_px) {
  std::vector<Point2f> mirrored(points_px.size());
  for (size_t i = 0; i < points_px.size(); ++i) {
    mirrored[static_cast<size_t>(schema.mirror[i])] = Mirrored(points_px[i], width_px);
  }
  return mirrored;
}

}  // namespace nosetip

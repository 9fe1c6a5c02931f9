// Photographs whose faces are flat gray, with a disc of its own color at each of the five points.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "tracker/core/landmark_schema.h"
#include "tracker/sources/pictures.h"
#include "training/data/data_set.h"
#include "training/detector/scenes/photograph.h"

namespace nosetip {

using Color = std::array<uint8_t, 3>;

inline constexpr Color kSkin = {128, 128, 128};
// Right eye, left eye, nose, right and left corner of the mouth. Not at the ends of the range, so
// that no made-up surface has them.
inline constexpr std::array<Color, 5> kPointColors = {
    {{233, 22, 31}, {29, 41, 227}, {37, 201, 83}, {219, 207, 24}, {21, 199, 211}}};
// Of the height of the face's box.
inline constexpr float kDiscRadius = 0.06F;

// 68 landmarks of an upright face within the box, with the eyes, the nose and the mouth where they
// are in LabelFromBox and all bounds touched.
inline std::vector<Point2f> LandmarksIn(const RectF& box) {
  const auto at = [&](float u, float v) {
    return Point2f{box.x + u * box.width, box.y + v * box.height};
  };
  std::vector<Point2f> points(68, at(0.5F, 0.5F));
  for (int i = 0; i < 17; ++i) {  // jaw, as a V
    const float u = static_cast<float>(i) / 16.0F;
    points[static_cast<size_t>(i)] = at(u, 1.0F - 0.8F * std::abs(2.0F * u - 1.0F));
  }
  for (size_t i = 17; i < 27; ++i) points[i] = at(static_cast<float>(i - 16) / 11.0F, 0.0F);
  for (size_t i = 36; i < 42; ++i) points[i] = at(0.28F, 0.22F);
  for (size_t i = 42; i < 48; ++i) points[i] = at(0.72F, 0.22F);
  points[30] = at(0.5F, 0.48F);
  points[48] = at(0.32F, 0.72F);
  points[54] = at(0.68F, 0.72F);
  return points;
}

inline void PaintDisc(Image& image, Point2f center, float radius_px, const Color& color) {
  for (int y = 0; y < image.height_px; ++y) {
    for (int x = 0; x < image.width_px; ++x) {
      if (Distance({static_cast<float>(x), static_cast<float>(y)}, center) > radius_px) continue;
      std::copy(color.begin(), color.end(), image.At(x, y));
    }
  }
}

inline AnnotatedFace PaintFace(Image& image, const RectF& landmark_box,
                               const std::filesystem::path& picture, const std::string& name) {
  AnnotatedFace face;
  face.picture = picture;
  face.name = face.group = name;
  face.points_px = LandmarksIn(landmark_box);
  face.box = landmark_box;
  const FaceLabel label = LabelFromLandmarks(face.points_px, Ibug68());
  const float radius_px = kDiscRadius * BoxOf(label).height;
  for (size_t k = 0; k < kPointColors.size(); ++k) {
    PaintDisc(image, label.points_px[k], radius_px, kPointColors[k]);
  }
  return face;
}

inline Image SkinPicture(int width_px, int height_px) {
  Image image(width_px, height_px);
  std::fill(image.rgb.begin(), image.rgb.end(), kSkin[0]);
  return image;
}

// Writes a picture with a face in each of the boxes, which bound the landmarks, below `folder`.
inline DataSet PaintedDataSet(const std::filesystem::path& folder,
                              std::span<const RectF> landmark_boxes, int width_px = 480,
                              int height_px = 400) {
  DataSet data;
  data.schema = &Ibug68();
  Image image = SkinPicture(width_px, height_px);
  const std::filesystem::path picture = folder / "painted.png";
  for (const RectF& box : landmark_boxes) {
    data.faces.push_back(
        PaintFace(image, box, picture, "face" + std::to_string(data.faces.size())));
  }
  WritePicture(picture.string(), image);
  return data;
}

}  // namespace nosetip

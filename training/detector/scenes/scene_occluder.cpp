#include "training/detector/scenes/scene_occluder.h"

#include <cmath>
#include <numbers>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "training/detector/scenes/scene_material.h"
#include "training/detector/scenes/scene_paste.h"
#include "training/detector/scenes/scene_texture.h"

namespace nosetip {
namespace {

// The face's own directions, of length 1.
struct FaceAxes {
  Point2f right;  // of the picture
  Point2f down;
};

FaceAxes AxesOf(const FaceLabel& face) {
  const float roll = RollOf(face);
  return {{std::cos(roll), std::sin(roll)}, {-std::sin(roll), std::cos(roll)}};
}

float Dot(Point2f a, Point2f b) { return a.x * b.x + a.y * b.y; }

// The part of the outline that lies beyond the line through `start` across `direction`.
std::vector<Point2f> OutlineBeyond(const FaceLabel& face, Point2f start, Point2f direction) {
  std::vector<Point2f> cut;
  const auto& outline = face.outline_px;
  for (size_t i = 0; i < outline.size(); ++i) {
    const Point2f a = outline[i];
    const Point2f b = outline[(i + 1) % outline.size()];
    const float da = Dot(a - start, direction);
    const float db = Dot(b - start, direction);
    if (da >= 0.0F) cut.push_back(a);
    if ((da >= 0.0F) != (db >= 0.0F)) cut.push_back(a + (da / (da - db)) * (b - a));
  }
  return cut;
}

std::vector<Point2f> BoxAlong(Point2f center, Point2f along, float half_length, float half_width) {
  const Point2f a = half_length * along;
  const Point2f b = half_width * Point2f{-along.y, along.x};
  return {center - a - b, center + a - b, center + a + b, center - a + b};
}

std::vector<Point2f> DrawObjectAtSide(const FaceLabel& face, SceneRandom& random) {
  const RectF box = BoxOf(face);
  const auto& outline = face.outline_px;
  const Point2f edge = outline[static_cast<size_t>(random.Below(static_cast<int>(outline.size())))];
  const Point2f center = edge + random.Uniform(-0.1F, 0.3F) * (box.Center() - edge);
  const float size_px = std::sqrt(box.Area()) * random.Uniform(0.2F, 0.5F);
  const float angle = random.Uniform(0.0F, std::numbers::pi_v<float>);
  const Point2f along{std::cos(angle), std::sin(angle)};
  const float half_width = size_px * random.Uniform(0.5F, 1.0F);
  if (random.Chance(0.5F)) return BoxAlong(center, along, size_px, half_width);
  std::vector<Point2f> ellipse;
  for (int i = 0; i < 20; ++i) {
    const float turn = 0.1F * std::numbers::pi_v<float> * static_cast<float>(i);
    ellipse.push_back(center + (size_px * std::cos(turn)) * along +
                      (half_width * std::sin(turn)) * Point2f{-along.y, along.x});
  }
  return ellipse;
}

std::vector<Point2f> DrawPole(const FaceLabel& face, SceneRandom& random) {
  const RectF box = BoxOf(face);
  const float angle = random.Uniform(0.0F, std::numbers::pi_v<float>);
  const Point2f along{std::cos(angle), std::sin(angle)};
  const float shift = box.width * random.Uniform(-0.35F, 0.35F);
  const Point2f center = box.Center() + shift * Point2f{-along.y, along.x};
  const float half_length = box.height * random.Uniform(0.5F, 1.5F);
  return BoxAlong(center, along, half_length, box.width * random.Uniform(0.04F, 0.14F));
}

std::vector<Point2f> DrawShape(const FaceLabel& face, SceneRandom& random) {
  const auto& p = face.points_px;
  const FaceAxes axes = AxesOf(face);
  const Point2f eyes = 0.5F * (p[0] + p[1]);
  const float eyes_px = Distance(p[0], p[1]);
  switch (random.Below(7)) {
    case 0:  // mask
      return OutlineBeyond(face, eyes + random.Uniform(0.5F, 1.0F) * (p[2] - eyes), axes.down);
    case 1: {  // dark glasses
      const float half_length = eyes_px * random.Uniform(0.75F, 1.1F);
      return BoxAlong(eyes, axes.right, half_length, eyes_px * random.Uniform(0.15F, 0.3F));
    }
    case 2:  // fringe or hat
      return OutlineBeyond(face, eyes - (eyes_px * random.Uniform(0.1F, 0.5F)) * axes.down,
                           -1.0F * axes.down);
    case 3:
      return DrawPole(face, random);
    case 4: {  // half of the face behind an edge
      const float side = random.Chance(0.5F) ? 1.0F : -1.0F;
      return OutlineBeyond(face, eyes + (side * eyes_px * random.Uniform(0.1F, 0.6F)) * axes.right,
                           side * axes.right);
    }
    default:
      return DrawObjectAtSide(face, random);
  }
}

cv::Mat DrawFilling(cv::Size size, std::span<const Photograph> photographs, SceneRandom& random) {
  if (random.Chance(0.5F)) {
    const auto part = DrawFreePart(photographs, random);
    if (part) return PartPixels(*part, size, random);
  }
  if (random.Chance(0.4F)) return DrawTexture(size, random);
  const cv::Vec3b colour = DrawColour(random);
  return {size, CV_8UC3, cv::Scalar(colour[0], colour[1], colour[2])};
}

}  // namespace

void HidePartOfFace(SceneCanvas& canvas, const FaceLabel& face,
                    std::span<const Photograph> photographs, SceneRandom& random) {
  const std::vector<Point2f> shape = DrawShape(face, random);
  const cv::Rect place = PixelsAround(shape) & canvas.Bounds();
  if (shape.size() < 3 || place.empty()) return;
  Patch patch{place, DrawFilling(place.size(), photographs, random), PolygonMask(shape, place)};
  canvas.Cover(patch);
}

}  // namespace nosetip

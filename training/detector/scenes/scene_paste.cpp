#include "training/detector/scenes/scene_paste.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "tracker/core/geometry.h"
#include "tracker/vision/opencv_bridge.h"
#include "training/detector/scenes/scene_material.h"

namespace nosetip {
namespace {

constexpr int kPasteFractionBits = 4;

// Pixel centers are at integers, so level n's pixel 0 is the middle of 2^n pixels.
Affine2 PhotographFromLevel(int level) {
  const auto step = static_cast<float>(1 << level);
  const float first = 0.5F * step - 0.5F;
  return {{step, 0.0F, first, 0.0F, step, first}};
}

float AreaScale(const Affine2& t) { return std::sqrt(std::abs(t.m[0] * t.m[4] - t.m[1] * t.m[3])); }

int LevelFor(const Photograph& photograph, const Affine2& scene_from_photograph, int coarser) {
  const float shrink = 1.0F / std::max(AreaScale(scene_from_photograph), 1e-6F);
  const int fine = std::max(0, static_cast<int>(std::floor(std::log2(shrink))));
  return std::min(fine + coarser, static_cast<int>(photograph.pyramid.size()) - 1);
}

cv::Mat AlphaOf(const PasteStyle& style, const std::vector<Point2f>& corners,
                const cv::Rect& place) {
  cv::Mat alpha = PolygonMask(corners, place);
  if (style.outline_px.empty()) return alpha;
  cv::Mat inside = PolygonMask(style.outline_px, place);
  const int width_px = 2 * static_cast<int>(0.5F * style.feather_px) + 1;
  if (width_px > 1) {
    // Outside is nothing, also where the clip cuts the outline off: there the edge stays hard.
    cv::blur(inside, inside, {width_px, width_px}, {-1, -1}, cv::BORDER_REPLICATE);
  }
  cv::min(alpha, inside, alpha);
  return alpha;
}

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
  const cv::Vec3b color = DrawColor(random);
  return {size, CV_8UC3, cv::Scalar(color[0], color[1], color[2])};
}

}  // namespace

Affine2 SceneFromPhotograph(const FaceLabel& face, const FacePlace& place) {
  const Affine2 upright_from_photograph = Affine2::Similarity(1.0F, -RollOf(face), {});
  const float across = place.mirrored ? -place.stretch : place.stretch;
  const Affine2 stretched{{across, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}};
  Affine2 turned =
      Affine2::Similarity(1.0F, place.roll_rad, {}) * (stretched * upright_from_photograph);
  const RectF box = BoxOf(Transformed(face, turned));
  const float scale = place.height_px / std::max(box.height, 1e-3F);
  for (float& m : turned.m) m *= scale;
  const Point2f shift = place.center_px - scale * box.Center();
  turned.m[2] += shift.x;
  turned.m[5] += shift.y;
  return turned;
}

std::vector<Point2f> CornersOf(const Photograph& photograph, const Affine2& scene_from_photograph) {
  const Image& image = photograph.pyramid.front();
  const float right = static_cast<float>(image.width_px) - 0.5F;
  const float bottom = static_cast<float>(image.height_px) - 0.5F;
  std::vector<Point2f> corners = {{-0.5F, -0.5F}, {right, -0.5F}, {right, bottom}, {-0.5F, bottom}};
  for (Point2f& p : corners) p = scene_from_photograph.Apply(p);
  return corners;
}

cv::Mat Warped(const Photograph& photograph, const Affine2& scene_from_photograph,
               const cv::Rect& place, int coarser, int border) {
  const int level = LevelFor(photograph, scene_from_photograph, coarser);
  Affine2 patch_from_level = scene_from_photograph * PhotographFromLevel(level);
  patch_from_level.m[2] -= static_cast<float>(place.x);
  patch_from_level.m[5] -= static_cast<float>(place.y);
  const cv::Mat transform(2, 3, CV_32F, patch_from_level.m.data());
  cv::Mat pixels;
  cv::warpAffine(MatView(photograph.pyramid[static_cast<size_t>(level)]), pixels, transform,
                 place.size(), cv::INTER_LINEAR, border);
  return pixels;
}

cv::Mat PolygonMask(const std::vector<Point2f>& polygon, const cv::Rect& place) {
  constexpr float kFraction = 1 << kPasteFractionBits;
  std::vector<cv::Point> points;
  for (const Point2f p : polygon) {
    points.emplace_back(NearestWhole((p.x - static_cast<float>(place.x)) * kFraction),
                        NearestWhole((p.y - static_cast<float>(place.y)) * kFraction));
  }
  cv::Mat mask(place.size(), CV_8U, cv::Scalar(0));
  cv::fillConvexPoly(mask, points, cv::Scalar(255), cv::LINE_AA, kPasteFractionBits);
  return mask;
}

cv::Rect PixelsAround(const std::vector<Point2f>& points) {
  const RectF box = BoundsOf(points);
  const int left = NearestWhole(std::floor(box.x));
  const int top = NearestWhole(std::floor(box.y));
  return {left, top, NearestWhole(std::ceil(box.x + box.width)) - left + 1,
          NearestWhole(std::ceil(box.y + box.height)) - top + 1};
}

void PastePhotograph(SceneCanvas& canvas, const Photograph& photograph,
                     const Affine2& scene_from_photograph, const PasteStyle& style) {
  const std::vector<Point2f> corners = CornersOf(photograph, scene_from_photograph);
  cv::Rect place = PixelsAround(corners) & style.clip & canvas.Bounds();
  if (!style.outline_px.empty()) {
    cv::Rect around = PixelsAround(style.outline_px);
    const int soft_px = static_cast<int>(std::ceil(0.5F * style.feather_px));
    around += cv::Size(2 * soft_px, 2 * soft_px);
    place &= around - cv::Point(soft_px, soft_px);
  }
  if (place.empty()) return;
  Patch patch{place,
              Warped(photograph, scene_from_photograph, place, style.coarser, cv::BORDER_REPLICATE),
              AlphaOf(style, corners, place)};
  Apply(style.light, patch.pixels);
  std::vector<FaceLabel> faces;
  for (const FaceLabel& face : photograph.faces) {
    faces.push_back(Transformed(face, scene_from_photograph));
  }
  std::vector<FaceLabel> places;
  for (const RectF& box : photograph.unlabeled) {
    places.push_back(Transformed(LabelFromBox(box), scene_from_photograph));
  }
  canvas.Cover(patch, faces, places);
}

void HidePartOfFace(SceneCanvas& canvas, const FaceLabel& face,
                    std::span<const Photograph> photographs, SceneRandom& random) {
  const std::vector<Point2f> shape = DrawShape(face, random);
  const cv::Rect place = PixelsAround(shape) & canvas.Bounds();
  if (shape.size() < 3 || place.empty()) return;
  Patch patch{place, DrawFilling(place.size(), photographs, random), PolygonMask(shape, place)};
  canvas.Cover(patch);
}

}  // namespace nosetip

#include "training/detector/scenes/scene_backdrop.h"

#include <algorithm>
#include <optional>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "training/detector/scenes/scene_material.h"

namespace nosetip {
namespace {

constexpr int kTries = 6;

cv::Mat DrawFilling(cv::Size size, const SceneStock& stock, SceneRandom& random) {
  const float kind = random.Unit();
  std::optional<PhotographPart> part;
  if (kind < 0.62F) {
    const bool from_backgrounds = !stock.backgrounds.empty() && random.Chance(0.4F);
    part = DrawFreePart(from_backgrounds ? stock.backgrounds : stock.photographs, random);
  } else if (kind < 0.71F) {
    part = DrawFacePart(stock.photographs, random);
  }
  return part ? PartPixels(*part, size, random) : DrawTexture(size, random);
}

const Photograph& DrawBackground(const SceneStock& stock, SceneRandom& random) {
  return stock
      .backgrounds[static_cast<size_t>(random.Below(static_cast<int>(stock.backgrounds.size())))];
}

// As large as fits into the box.
void LayWholePicture(SceneCanvas& canvas, const RectF& box, const SceneStock& stock,
                     SceneRandom& random) {
  const Photograph& picture = DrawBackground(stock, random);
  const auto width = static_cast<float>(picture.pyramid.front().width_px);
  const auto height = static_cast<float>(picture.pyramid.front().height_px);
  const float scale = std::min(box.width / width, box.height / height);
  Affine2 scene_from_picture = Affine2::Similarity(scale, 0.0F, {box.x, box.y});
  if (random.Chance(0.5F)) {
    scene_from_picture = scene_from_picture * Affine2{{-1.0F, 0.0F, width, 0.0F, 1.0F, 0.0F}};
  }
  PastePhotograph(canvas, picture, scene_from_picture,
                  DrawStyle(canvas.Bounds(), stock.options.degrade, random));
}

void LayDistractor(SceneCanvas& canvas, const RectF& box, const SceneStock& stock,
                   SceneRandom& random) {
  if (!stock.backgrounds.empty() && random.Chance(0.4F)) {
    LayWholePicture(canvas, box, stock, random);
    return;
  }
  const std::vector<Point2f> outline = LabelFromBox(box).outline_px;
  const cv::Rect place = PixelsAround(outline) & canvas.Bounds();
  if (place.empty()) return;
  Patch patch{place, DrawFilling(place.size(), stock, random), {}};
  Apply(DrawStyle(place, stock.options.degrade, random).light, patch.pixels);
  if (random.Chance(0.6F)) {
    patch.alpha = PolygonMask(outline, place);
    const int soft_px = 2 * static_cast<int>(random.Unit() * 0.15F * box.width) + 1;
    cv::blur(patch.alpha, patch.alpha, {soft_px, soft_px});
  }
  canvas.Cover(patch);
}

}  // namespace

float MostHidden(const std::vector<RectF>& boxes, const RectF& over) {
  float most = 0.0F;
  for (const RectF& box : boxes) {
    most = std::max(most, Intersection(box, over).Area() / std::max(box.Area(), 1.0F));
  }
  return most;
}

PasteStyle DrawStyle(const cv::Rect& clip, float strength, SceneRandom& random) {
  PasteStyle style;
  style.clip = clip;
  if (strength <= 0.0F) return style;
  style.light = DrawSlightLight(random, strength);
  if (random.Chance(0.12F * strength)) style.coarser = 1;
  return style;
}

void LayBackground(SceneCanvas& canvas, const cv::Rect& part, const SceneStock& stock,
                   SceneRandom& random) {
  if (stock.backgrounds.empty() || random.Chance(0.35F)) {
    canvas.Cover({part, DrawFilling(part.size(), stock, random), {}});
    return;
  }
  const Photograph& background = DrawBackground(stock, random);
  const auto width = static_cast<float>(background.pyramid.front().width_px);
  const auto height = static_cast<float>(background.pyramid.front().height_px);
  const float fill =
      std::max(static_cast<float>(part.width) / width, static_cast<float>(part.height) / height);
  const float scale = fill * random.LogUniform(1.1F, 3.0F);
  Affine2 scene_from_background = Affine2::Similarity(scale, random.Bell(0.05F), {});
  if (random.Chance(0.5F)) {
    scene_from_background = scene_from_background * Affine2{{-1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}};
  }
  const Point2f middle = scene_from_background.Apply({0.5F * width, 0.5F * height});
  const float room_x = std::max(0.0F, 0.9F * scale * width - static_cast<float>(part.width));
  const float room_y = std::max(0.0F, 0.9F * scale * height - static_cast<float>(part.height));
  scene_from_background.m[2] += static_cast<float>(part.x) + 0.5F * static_cast<float>(part.width) +
                                room_x * random.Uniform(-0.5F, 0.5F) - middle.x;
  scene_from_background.m[5] += static_cast<float>(part.y) +
                                0.5F * static_cast<float>(part.height) +
                                room_y * random.Uniform(-0.5F, 0.5F) - middle.y;
  PastePhotograph(canvas, background, scene_from_background,
                  DrawStyle(part, stock.options.degrade, random));
}

void LayGallery(SceneCanvas& canvas, const SceneStock& stock, SceneRandom& random) {
  const auto size_px = static_cast<float>(stock.options.size_px);
  const int count = 1 + random.Below(4);
  for (int i = 0; i < count; ++i) {
    const float side = size_px * random.LogUniform(i == 0 ? 0.5F : 0.2F, 1.0F);
    RectF box{0.0F, 0.0F, side, side};
    if (!random.Chance(0.3F)) {  // else where a detector puts a picture of another shape
      box.x = random.Unit() * (size_px - side);
      box.y = random.Unit() * (size_px - side);
    }
    LayWholePicture(canvas, box, stock, random);
  }
}

void LayDistractors(SceneCanvas& canvas, int most, const SceneStock& stock, SceneRandom& random) {
  const auto size_px = static_cast<float>(stock.options.size_px);
  const int count = random.Below(most + 1);
  for (int i = 0; i < count; ++i) {
    RectF box;
    box.height = size_px * random.LogUniform(0.05F, 0.6F);
    box.width = box.height * random.LogUniform(0.5F, 1.5F);
    for (int t = 0; t < kTries; ++t) {
      box.x = random.Unit() * size_px - 0.5F * box.width;
      box.y = random.Unit() * size_px - 0.5F * box.height;
      if (MostHidden(canvas.FaceBoxes(), box) > 0.0F) continue;
      LayDistractor(canvas, box, stock, random);
      break;
    }
  }
}

}  // namespace nosetip

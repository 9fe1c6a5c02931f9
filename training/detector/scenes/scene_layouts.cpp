#include "training/detector/scenes/scene_layouts.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <numbers>
#include <utility>

#include <opencv2/core.hpp>

#include "training/detector/scenes/scene_paste.h"

namespace nosetip {
namespace {

constexpr float kRadians = std::numbers::pi_v<float> / 180.0F;
constexpr int kLayoutTries = 6;
constexpr float kWidthOfHeight = 0.78F;   // of a face's box
constexpr float kMostEnlargement = 2.0F;  // of a photograph's pixels, beyond which all is blurred

// Whether the convex quadrilateral covers all of the part.
bool CoversAll(const std::vector<Point2f>& corners, const cv::Rect& part) {
  const auto left = static_cast<float>(part.x);
  const auto top = static_cast<float>(part.y);
  const auto right = static_cast<float>(part.br().x - 1);
  const auto bottom = static_cast<float>(part.br().y - 1);
  int clockwise = 0;
  int other = 0;
  for (size_t i = 0; i < corners.size(); ++i) {
    const Point2f a = corners[i];
    const Point2f edge = corners[(i + 1) % corners.size()] - a;
    for (const Point2f p :
         {Point2f{left, top}, Point2f{right, top}, Point2f{right, bottom}, Point2f{left, bottom}}) {
      const float side = edge.x * (p.y - a.y) - edge.y * (p.x - a.x);
      ++(side >= 0.0F ? clockwise : other);
    }
  }
  return clockwise == 0 || other == 0;
}

// Moves one range over another as little as it takes to cover it, or to lie within it.
float ShiftToCover(float start, float length, float part_start, float part_length) {
  const float to_start = part_start - start;
  const float to_end = to_start + part_length - length;
  return std::clamp(0.0F, std::min(to_start, to_end), std::max(to_start, to_end));
}

Point2f ShiftToCover(const RectF& box, const cv::Rect& part) {
  return {ShiftToCover(box.x, box.width, static_cast<float>(part.x) - 0.5F,
                       static_cast<float>(part.width)),
          ShiftToCover(box.y, box.height, static_cast<float>(part.y) - 0.5F,
                       static_cast<float>(part.height))};
}

std::vector<Point2f> Enlarged(const std::vector<Point2f>& outline, float factor) {
  const Point2f center = Mean(outline);
  std::vector<Point2f> larger;
  for (const Point2f p : outline) larger.push_back(center + factor * (p - center));
  return larger;
}

// The largest part of the smaller one of two that both share, 0 to 1.
float MostShared(const std::vector<RectF>& boxes, const RectF& with) {
  float most = 0.0F;
  for (const RectF& box : boxes) {
    const float smaller = std::max(std::min(box.Area(), with.Area()), 1.0F);
    most = std::max(most, Intersection(box, with).Area() / smaller);
  }
  return most;
}

std::array<cv::Rect, 4> Quarters(int size_px, SceneRandom& random) {
  const int x = static_cast<int>(random.Uniform(0.3F, 0.7F) * static_cast<float>(size_px));
  const int y = static_cast<int>(random.Uniform(0.3F, 0.7F) * static_cast<float>(size_px));
  return {cv::Rect(0, 0, x, y), cv::Rect(x, 0, size_px - x, y), cv::Rect(0, y, x, size_px - y),
          cv::Rect(x, y, size_px - x, size_px - y)};
}

}  // namespace

SceneLayout::SceneLayout(const SceneStock& stock, SceneRandom& random)
    : stock_(stock), random_(random), canvas_(stock.options.size_px) {}

SceneCanvas SceneLayout::Laid() && {
  if (random_.Chance(stock_.options.empty)) {
    LayEmpty();
    return std::move(canvas_);
  }
  if (!HasPortraits() || (!stock_.whole.empty() && random_.Chance(stock_.options.whole))) {
    if (random_.Chance(0.2F)) {
      LayMosaic(/*of_cuts=*/true);
    } else {
      LayCut(canvas_.Bounds());
    }
  } else {
    LayComposed();
  }
  LayOccluders();
  return std::move(canvas_);
}

void SceneLayout::LayComposed() {
  const float kind = random_.Unit();
  if (kind < 0.42F) {
    LayPortrait(canvas_.Bounds());
  } else if (kind < 0.85F) {
    LayCrowd();
  } else {
    LayMosaic(/*of_cuts=*/false);
  }
  if (random_.Chance(0.35F)) LayDistractors(canvas_, 3, stock_, random_);
}

void SceneLayout::LayEmpty() {
  if (!stock_.backgrounds.empty() && random_.Chance(0.5F)) {
    if (random_.Chance(0.5F)) LayBackground(canvas_, canvas_.Bounds(), stock_, random_);
    LayGallery(canvas_, stock_, random_);
    return;
  }
  if (random_.Chance(0.25F)) {
    for (const cv::Rect& part : Quarters(canvas_.SizePx(), random_)) {
      LayBackground(canvas_, part, stock_, random_);
    }
  } else {
    LayBackground(canvas_, canvas_.Bounds(), stock_, random_);
  }
  LayDistractors(canvas_, 8, stock_, random_);
}

SceneLayout::Choice SceneLayout::DrawFace(std::span<const Photograph* const> photographs) {
  const int photograph = random_.Below(static_cast<int>(photographs.size()));
  const Photograph& chosen = *photographs[static_cast<size_t>(photograph)];
  const int face = random_.Below(static_cast<int>(chosen.faces.size()));
  return {chosen, chosen.faces[static_cast<size_t>(face)]};
}

float SceneLayout::DrawRoll(const FaceLabel& face) {
  const float most = stock_.options.max_roll_deg * kRadians;
  float roll = random_.Bell(12.0F * kRadians);
  if (random_.Chance(0.3F)) {
    roll = RollOf(face);  // as photographed
  } else if (random_.Chance(0.15F)) {
    roll = random_.Uniform(-most, most);
  }
  return std::clamp(roll, -most, most);
}

FacePlace SceneLayout::DrawPlace(const FaceLabel& face, const cv::Rect& part, float height_px) {
  FacePlace place;
  place.height_px = height_px;
  place.roll_rad = DrawRoll(face);
  place.mirrored = random_.Chance(0.5F);
  place.stretch = 1.0F + random_.Bell(0.05F);
  const bool cut_off = random_.Chance(0.2F);
  const auto draw = [&](int start, int length, float face_px) {
    const auto side = static_cast<float>(length);
    // A face larger than the part is moved a little only.
    const float room = cut_off ? side : std::max(side - face_px, 0.15F * side);
    return static_cast<float>(start) + 0.5F * side + (random_.Unit() - 0.5F) * room;
  };
  place.center_px.x = draw(part.x, part.width, kWidthOfHeight * height_px);
  place.center_px.y = draw(part.y, part.height, height_px);
  return place;
}

// Now and then the whole photograph, as a detector sees it; else the chosen face at any height.
float SceneLayout::DrawScale(const Choice& choice, const cv::Rect& part) {
  const Image& image = choice.photograph.pyramid.front();
  const auto side = static_cast<float>(std::min(part.width, part.height));
  const float whole = side / static_cast<float>(std::max(image.width_px, image.height_px));
  if (random_.Chance(0.3F)) return whole * random_.LogUniform(0.8F, 1.6F);
  const float most_px = side * stock_.options.max_face;
  const float height_px =
      random_.LogUniform(std::min(stock_.options.min_face_px, 0.5F * most_px), most_px);
  const float scale = height_px / std::max(BoxOf(choice.face).height, 1.0F);
  return std::clamp(scale, std::min(0.8F * whole, kMostEnlargement), kMostEnlargement);
}

void SceneLayout::LayCut(const cv::Rect& part) {
  const Choice choice = DrawFace(stock_.whole);
  const float height_px = DrawScale(choice, part) * BoxOf(choice.face).height;
  FacePlace place = DrawPlace(choice.face, part, height_px);
  // As photographed: surroundings that lean are not what a camera sees.
  if (!random_.Chance(0.15F)) {
    place.roll_rad = RollOf(choice.face) + random_.Bell(4.0F * kRadians);
    if (place.mirrored) place.roll_rad = -place.roll_rad;
  }
  Affine2 scene_from_photograph = SceneFromPhotograph(choice.face, place);
  const std::vector<Point2f> corners = CornersOf(choice.photograph, scene_from_photograph);
  if (random_.Chance(0.8F)) {
    const Point2f shift = ShiftToCover(BoundsOf(corners), part);
    scene_from_photograph.m[2] += shift.x;
    scene_from_photograph.m[5] += shift.y;
  }
  const bool covers = CoversAll(CornersOf(choice.photograph, scene_from_photograph), part);
  // What is not covered stays black, as around a picture that a detector looks at, or shows
  // something else.
  if (!covers && random_.Chance(0.5F)) LayBackground(canvas_, part, stock_, random_);
  PastePhotograph(canvas_, choice.photograph, scene_from_photograph,
                  DrawStyle(part, stock_.options.degrade, random_));
}

void SceneLayout::LayPortrait(const cv::Rect& part) {
  const auto [photograph, face] = DrawPortrait();
  const auto side = static_cast<float>(std::min(part.width, part.height));
  const float least = std::min(0.2F, 0.5F * stock_.options.max_face);
  const float height_px = side * random_.LogUniform(least, stock_.options.max_face);
  const Affine2 scene_from_photograph = SceneFromPhotograph(face, DrawPlace(face, part, height_px));
  const PasteStyle style = DrawStyle(part, stock_.options.degrade, random_);
  if (!CoversAll(CornersOf(photograph, scene_from_photograph), part)) {
    if (random_.Chance(0.3F)) {
      // The photograph's border goes on, as in the blurred margins of upright videos.
      Patch margin{part, {}, {}};
      margin.pixels =
          Warped(photograph, scene_from_photograph, part, style.coarser, cv::BORDER_REPLICATE);
      Apply(style.light, margin.pixels);
      canvas_.Cover(margin);
    } else {
      LayBackground(canvas_, part, stock_, random_);
    }
  }
  PastePhotograph(canvas_, photograph, scene_from_photograph, style);
}

void SceneLayout::LayCrowd() {
  LayBackground(canvas_, canvas_.Bounds(), stock_, random_);
  int count = 1;
  if (stock_.options.max_faces > 1 && random_.Chance(0.75F)) {
    count =
        2 + random_.Below(std::min(stock_.options.max_faces - 1, random_.Chance(0.5F) ? 3 : 64));
  }
  const auto size_px = static_cast<float>(stock_.options.size_px);
  const float most_px =
      size_px * std::min(stock_.options.max_face, 1.0F / std::sqrt(static_cast<float>(count)));
  std::vector<float> heights_px;
  for (int i = 0; i < count; ++i) {
    heights_px.push_back(random_.LogUniform(stock_.options.min_face_px,
                                            std::max(most_px, 1.1F * stock_.options.min_face_px)));
  }
  // Small ones in front, since a large photograph would hide them.
  std::ranges::sort(heights_px, std::greater{});
  for (const float height_px : heights_px) LayCrowdFace(height_px);
}

void SceneLayout::LayCrowdFace(float height_px) {
  const auto [photograph, face] = DrawPortrait();
  const bool cut_out = random_.Chance(0.55F);
  const float surroundings = random_.Uniform(1.12F, 1.8F);
  const std::vector<RectF> faces = canvas_.FaceBoxes();
  for (int i = 0; i < kLayoutTries; ++i) {
    const FacePlace place = DrawPlace(face, canvas_.Bounds(), height_px);
    const Affine2 scene_from_photograph = SceneFromPhotograph(face, place);
    const FaceLabel placed = Transformed(face, scene_from_photograph);
    const std::vector<Point2f> outline = Enlarged(placed.outline_px, surroundings);
    const RectF covered =
        BoundsOf(cut_out ? outline : CornersOf(photograph, scene_from_photograph));
    // Now and then one face is in front of another.
    const bool free = MostHidden(faces, covered) < 0.3F && MostShared(faces, BoxOf(placed)) < 0.15F;
    if (!free && !random_.Chance(0.04F)) continue;
    PasteStyle style = DrawStyle(canvas_.Bounds(), stock_.options.degrade, random_);
    if (cut_out) {
      style.outline_px = outline;
      style.feather_px =
          random_.Uniform(0.1F, 1.0F) * (surroundings - 1.0F) * kWidthOfHeight * height_px;
    }
    PastePhotograph(canvas_, photograph, scene_from_photograph, style);
    return;
  }
}

void SceneLayout::LayMosaic(bool of_cuts) {
  int left = stock_.options.max_faces;
  for (const cv::Rect& part : Quarters(canvas_.SizePx(), random_)) {
    if (of_cuts) {
      LayCut(part);
    } else if (left-- > 0 && !random_.Chance(0.12F)) {
      LayPortrait(part);
    } else {
      LayBackground(canvas_, part, stock_, random_);
    }
  }
}

void SceneLayout::LayOccluders() {
  for (const FaceLabel& face : canvas_.Faces()) {
    if (!random_.Chance(0.2F * stock_.options.degrade)) continue;
    HidePartOfFace(canvas_, face, stock_.photographs, random_);
  }
}

}  // namespace nosetip

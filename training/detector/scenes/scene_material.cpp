#include "training/detector/scenes/scene_material.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

constexpr float kPi = std::numbers::pi_v<float>;
constexpr int kMaterialTries = 16;
constexpr float kSmallestPartPx = 10.0F;
constexpr float kMargin = 0.12F;  // kept around faces, of their side

RectF Grown(const RectF& box) {
  const float x = kMargin * box.width;
  const float y = kMargin * box.height;
  return {box.x - x, box.y - y, box.width + 2.0F * x, box.height + 2.0F * y};
}

bool IsFree(const Photograph& photograph, const RectF& part) {
  const auto touches = [&](const RectF& box) {
    return Intersection(Grown(box), part).Area() > 0.0F;
  };
  return std::ranges::none_of(photograph.faces,
                              [&](const FaceLabel& face) { return touches(BoxOf(face)); }) &&
         std::ranges::none_of(photograph.unlabeled, touches);
}

RectF WholeOf(const Photograph& photograph) {
  const Image& image = photograph.pyramid.front();
  return {0.0F, 0.0F, static_cast<float>(image.width_px), static_cast<float>(image.height_px)};
}

const Photograph& DrawPhotograph(std::span<const Photograph> photographs, SceneRandom& random) {
  return photographs[static_cast<size_t>(random.Below(static_cast<int>(photographs.size())))];
}

// A square beside the eyes' middle line, in eye distances: too small to hold both eyes, or an eye
// and the mouth.
RectF PieceOfFace(const FaceLabel& face, SceneRandom& random) {
  const auto& p = face.points_px;
  const size_t side = random.Chance(0.5F) ? 0 : 1;
  const float eyes_px = Distance(p[0], p[1]);
  const Point2f eyes = 0.5F * (p[0] + p[1]);
  const Point2f mouth = 0.5F * (p[3] + p[4]);
  const float length_px = std::max(Distance(eyes, mouth), 1.0F);
  const Point2f up = (1.0F / length_px) * (eyes - mouth);
  const float unit_px = std::min(eyes_px, length_px);
  const auto square = [](Point2f c, float s) {
    return RectF{c.x - 0.5F * s, c.y - 0.5F * s, s, s};
  };
  switch (random.Below(4)) {
    case 0: {  // cheek, away from the nose
      const Point2f cheek = 0.5F * (p[side] + p[3 + side]);
      return square(cheek + 0.15F * (cheek - p[2]), random.Uniform(0.4F, 0.6F) * unit_px);
    }
    case 1:  // forehead
      return square(eyes + (0.75F * unit_px) * up, random.Uniform(0.4F, 0.7F) * unit_px);
    case 2:  // chin
      return square(mouth + (-0.5F * unit_px) * up, random.Uniform(0.3F, 0.5F) * unit_px);
    default:  // one eye
      return square(p[side], random.Uniform(0.5F, 0.8F) * unit_px);
  }
}

cv::Mat PixelsOf(const PhotographPart& part, int level) {
  const Image& image = part.photograph->pyramid[static_cast<size_t>(level)];
  const float step = static_cast<float>(1 << level);
  const cv::Rect whole(0, 0, image.width_px, image.height_px);
  const cv::Rect pixels(static_cast<int>(std::ceil(part.part.x / step)),
                        static_cast<int>(std::ceil(part.part.y / step)),
                        std::max(1, static_cast<int>(part.part.width / step)),
                        std::max(1, static_cast<int>(part.part.height / step)));
  return MatView(image)(pixels & whole);
}

uint8_t Level(float value) { return static_cast<uint8_t>(std::clamp(value, 0.0F, 255.0F)); }

cv::Vec3b DrawSkin(SceneRandom& random) {
  const float red = random.Uniform(60.0F, 245.0F);
  const float green = red * random.Uniform(0.6F, 0.85F);
  return {Level(red), Level(green), Level(green * random.Uniform(0.6F, 0.95F))};
}

cv::Mat Plain(cv::Size size, const cv::Vec3b& color) {
  return {size, CV_8UC3, cv::Scalar(color[0], color[1], color[2])};
}

cv::Mat Gradient(cv::Size size, SceneRandom& random) {
  cv::Mat corners(2, 2, CV_8UC3);
  for (int i = 0; i < 4; ++i) corners.at<cv::Vec3b>(i / 2, i % 2) = DrawColor(random);
  // Enlarged beyond the middle of the corner pixels, the surface would be flat there.
  cv::Mat wide;
  cv::resize(corners, wide, {2 * size.width, 2 * size.height}, 0, 0, cv::INTER_LINEAR);
  return wide(cv::Rect(size.width / 2, size.height / 2, size.width, size.height)).clone();
}

cv::Mat Stripes(cv::Size size, SceneRandom& random) {
  const float angle = random.Uniform(0.0F, std::numbers::pi_v<float>);
  const float period_px = random.LogUniform(3.0F, 80.0F);
  const float step_x = std::cos(angle) / period_px;
  const float step_y = std::sin(angle) / period_px;
  const bool checks = random.Chance(0.4F);
  const cv::Vec3b colors[2] = {DrawColor(random), DrawColor(random)};
  cv::Mat pixels(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y) {
    auto* row = pixels.ptr<cv::Vec3b>(y);
    for (int x = 0; x < size.width; ++x) {
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      int number = static_cast<int>(std::floor(step_x * fx + step_y * fy));
      if (checks) number += static_cast<int>(std::floor(step_x * fy - step_y * fx));
      row[x] = colors[number & 1];
    }
  }
  return pixels;
}

// Random pixels enlarged, coarse ones strong and fine ones weak.
cv::Mat Clouds(cv::Size size, SceneRandom& random) {
  cv::Mat sum = Plain(size, DrawColor(random));
  const bool colored = random.Chance(0.3F);
  int cells = 2 + random.Below(5);
  double weight = static_cast<double>(random.LogUniform(0.08F, 0.7F));
  for (int octave = 0; octave < 3; ++octave, cells *= 2 + random.Below(3), weight *= 0.7) {
    cv::Mat noise(cells, cells, CV_8UC3);
    for (int i = 0; i < cells * cells; ++i) {
      cv::Vec3b pixel = cv::Vec3b::all(random.Byte());
      if (colored) pixel = {pixel[0], random.Byte(), random.Byte()};
      noise.at<cv::Vec3b>(i / cells, i % cells) = pixel;
    }
    cv::Mat layer;
    cv::resize(noise, layer, size, 0, 0, cv::INTER_LINEAR);
    cv::addWeighted(sum, 1.0, layer, weight, -128.0 * weight, sum);
  }
  return sum;
}

void AddBlobs(cv::Mat& pixels, SceneRandom& random) {
  const auto side = static_cast<float>(std::min(pixels.cols, pixels.rows));
  const int count = 1 + random.Below(6);
  for (int i = 0; i < count; ++i) {
    cv::RotatedRect blob;
    blob.size.height = side * random.LogUniform(0.05F, 0.5F);
    blob.size.width = blob.size.height * random.Uniform(0.6F, 1.0F);
    blob.center.x = random.Unit() * static_cast<float>(pixels.cols);
    blob.center.y = random.Unit() * static_cast<float>(pixels.rows);
    blob.angle = random.Bell(20.0F);
    const cv::Vec3b c = random.Chance(0.6F) ? DrawSkin(random) : DrawColor(random);
    cv::ellipse(pixels, blob, cv::Scalar(c[0], c[1], c[2]), cv::FILLED, cv::LINE_AA);
  }
}

}  // namespace

std::optional<PhotographPart> DrawFreePart(std::span<const Photograph> photographs,
                                           SceneRandom& random) {
  if (photographs.empty()) return std::nullopt;
  for (int i = 0; i < kMaterialTries; ++i) {
    const Photograph& photograph = DrawPhotograph(photographs, random);
    const RectF whole = WholeOf(photograph);
    const float width = random.LogUniform(0.08F, 0.9F) * whole.width;
    const float height = std::min(random.LogUniform(0.5F, 2.0F) * width, whole.height);
    const RectF part{random.Unit() * (whole.width - width), random.Unit() * (whole.height - height),
                     width, height};
    if (std::min(width, height) < kSmallestPartPx || !IsFree(photograph, part)) continue;
    return PhotographPart{&photograph, part};
  }
  return std::nullopt;
}

std::optional<PhotographPart> DrawFacePart(std::span<const Photograph> photographs,
                                           SceneRandom& random) {
  if (photographs.empty()) return std::nullopt;
  for (int i = 0; i < kMaterialTries; ++i) {
    const Photograph& photograph = DrawPhotograph(photographs, random);
    if (photograph.faces.empty()) continue;
    const int face = random.Below(static_cast<int>(photograph.faces.size()));
    const RectF part = PieceOfFace(photograph.faces[static_cast<size_t>(face)], random);
    const bool inside = Intersection(part, WholeOf(photograph)) == part;
    if (part.width < kSmallestPartPx || !inside) continue;
    return PhotographPart{&photograph, part};
  }
  return std::nullopt;
}

cv::Mat PartPixels(const PhotographPart& part, cv::Size size, SceneRandom& random) {
  const auto width = static_cast<float>(size.width);
  const auto height = static_cast<float>(size.height);
  const float fill = std::max(width / part.part.width, height / part.part.height);
  const float scale = std::max(fill * random.LogUniform(0.35F, 1.3F), 0.3F);
  const int last = static_cast<int>(part.photograph->pyramid.size()) - 1;
  const int level = std::clamp(static_cast<int>(std::floor(-std::log2(scale))), 0, last);
  const cv::Mat source = PixelsOf(part, level);
  const float angle = random.Chance(0.5F) ? random.Bell(0.2F) : random.Uniform(-kPi, kPi);
  Affine2 turned = Affine2::Similarity(scale * static_cast<float>(1 << level), angle, {});
  if (random.Chance(0.5F)) turned = turned * Affine2{{-1.0F, 0.0F, 0.0F, 0.0F, 1.0F, 0.0F}};
  const Point2f middle = turned.Apply(
      {0.5F * static_cast<float>(source.cols - 1), 0.5F * static_cast<float>(source.rows - 1)});
  turned.m[2] += 0.5F * (width - 1.0F) - middle.x;
  turned.m[5] += 0.5F * (height - 1.0F) - middle.y;
  const cv::Mat transform(2, 3, CV_32F, turned.m.data());
  cv::Mat pixels;
  cv::warpAffine(source, pixels, transform, size, cv::INTER_LINEAR, cv::BORDER_REFLECT_101);
  return pixels;
}

cv::Vec3b DrawColor(SceneRandom& random) {
  switch (random.Below(6)) {
    case 0:
      return cv::Vec3b::all(random.Byte());
    case 1:
      return cv::Vec3b::all(random.Chance(0.5F) ? Level(random.Uniform(0.0F, 25.0F))
                                                : Level(random.Uniform(225.0F, 255.0F)));
    case 2:
      return DrawSkin(random);
    default:
      return {random.Byte(), random.Byte(), random.Byte()};
  }
}

cv::Mat DrawTexture(cv::Size size, SceneRandom& random) {
  cv::Mat pixels;
  switch (random.Below(8)) {
    case 0:
      pixels = Plain(size, DrawColor(random));
      break;
    case 1:
    case 2:
      pixels = Gradient(size, random);
      break;
    case 3:
      pixels = Stripes(size, random);
      break;
    default:
      pixels = Clouds(size, random);
  }
  if (random.Chance(0.3F)) AddBlobs(pixels, random);
  return pixels;
}

}  // namespace nosetip

#include "training/detector/scenes/scene_texture.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include <opencv2/imgproc.hpp>

namespace nosetip {
namespace {

uint8_t Level(float value) { return static_cast<uint8_t>(std::clamp(value, 0.0F, 255.0F)); }

cv::Vec3b DrawSkin(SceneRandom& random) {
  const float red = random.Uniform(60.0F, 245.0F);
  const float green = red * random.Uniform(0.6F, 0.85F);
  return {Level(red), Level(green), Level(green * random.Uniform(0.6F, 0.95F))};
}

cv::Mat Plain(cv::Size size, const cv::Vec3b& colour) {
  return {size, CV_8UC3, cv::Scalar(colour[0], colour[1], colour[2])};
}

cv::Mat Gradient(cv::Size size, SceneRandom& random) {
  cv::Mat corners(2, 2, CV_8UC3);
  for (int i = 0; i < 4; ++i) corners.at<cv::Vec3b>(i / 2, i % 2) = DrawColour(random);
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
  const cv::Vec3b colours[2] = {DrawColour(random), DrawColour(random)};
  cv::Mat pixels(size, CV_8UC3);
  for (int y = 0; y < size.height; ++y) {
    auto* row = pixels.ptr<cv::Vec3b>(y);
    for (int x = 0; x < size.width; ++x) {
      const auto fx = static_cast<float>(x);
      const auto fy = static_cast<float>(y);
      int number = static_cast<int>(std::floor(step_x * fx + step_y * fy));
      if (checks) number += static_cast<int>(std::floor(step_x * fy - step_y * fx));
      row[x] = colours[number & 1];
    }
  }
  return pixels;
}

// Random pixels enlarged, coarse ones strong and fine ones weak.
cv::Mat Clouds(cv::Size size, SceneRandom& random) {
  cv::Mat sum = Plain(size, DrawColour(random));
  const bool coloured = random.Chance(0.3F);
  int cells = 2 + random.Below(5);
  double weight = static_cast<double>(random.LogUniform(0.08F, 0.7F));
  for (int octave = 0; octave < 3; ++octave, cells *= 2 + random.Below(3), weight *= 0.7) {
    cv::Mat noise(cells, cells, CV_8UC3);
    for (int i = 0; i < cells * cells; ++i) {
      cv::Vec3b pixel = cv::Vec3b::all(random.Byte());
      if (coloured) pixel = {pixel[0], random.Byte(), random.Byte()};
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
    const cv::Vec3b c = random.Chance(0.6F) ? DrawSkin(random) : DrawColour(random);
    cv::ellipse(pixels, blob, cv::Scalar(c[0], c[1], c[2]), cv::FILLED, cv::LINE_AA);
  }
}

}  // namespace

cv::Vec3b DrawColour(SceneRandom& random) {
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
      pixels = Plain(size, DrawColour(random));
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

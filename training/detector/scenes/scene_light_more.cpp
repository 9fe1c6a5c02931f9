#include "training/detector/scenes/scene_light_more.h"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace nosetip {
namespace {

void DrawCast(SceneRandom& random, float sigma, Light& light) {
  for (float& gain : light.cast) gain = std::clamp(1.0F + random.Bell(sigma), 0.4F, 1.6F);
}

}  // namespace

Light DrawSlightLight(SceneRandom& random, float strength) {
  Light light;
  light.gamma = std::exp(random.Bell(0.22F * strength));
  light.contrast = std::exp(random.Bell(0.12F * strength));
  light.gain = std::exp(random.Bell(0.12F * strength));
  DrawCast(random, 0.05F * strength, light);
  light.grey = random.Chance(0.06F * strength);
  return light;
}

Light DrawHardLight(SceneRandom& random, float strength) {
  Light light;
  switch (random.Below(5)) {
    case 0:  // dark
      light.gain = 1.0F - strength * random.Uniform(0.3F, 0.85F);
      light.gamma = 1.0F + strength * random.Uniform(0.0F, 0.6F);
      break;
    case 1:  // over-exposed
      light.gain = 1.0F + strength * random.Uniform(0.2F, 1.0F);
      light.gamma = 1.0F - strength * random.Uniform(0.0F, 0.5F);
      break;
    case 2:  // flat or harsh
      light.contrast = random.Chance(0.6F) ? 1.0F - strength * random.Uniform(0.2F, 0.7F)
                                           : 1.0F + strength * random.Uniform(0.2F, 0.8F);
      break;
    case 3:
      DrawCast(random, 0.22F * strength, light);
      break;
    default:
      light.gamma = std::exp(random.Bell(0.4F * strength));
      DrawCast(random, 0.1F * strength, light);
  }
  light.grey = random.Chance(0.15F * strength);
  return light;
}

void Apply(const Light& light, cv::Mat& pixels) {
  if (light.grey) {
    cv::Mat grey;
    cv::cvtColor(pixels, grey, cv::COLOR_RGB2GRAY);
    cv::cvtColor(grey, pixels, cv::COLOR_GRAY2RGB);
  }
  cv::Mat table(1, 256, CV_8UC3);
  for (int i = 0; i < 256; ++i) {
    const float tone = std::pow(static_cast<float>(i) / 255.0F, light.gamma);
    const float value = light.gain * (0.5F + light.contrast * (tone - 0.5F));
    for (int c = 0; c < 3; ++c) {
      const float level = 255.0F * light.cast[static_cast<size_t>(c)] * value;
      table.at<cv::Vec3b>(i)[c] = static_cast<uint8_t>(std::clamp(level + 0.5F, 0.0F, 255.0F));
    }
  }
  cv::LUT(pixels, table, pixels);
}

void ShadeSide(cv::Mat& pixels, float angle_rad, float darkest) {
  const float half = 0.5F * static_cast<float>(std::max(pixels.cols, pixels.rows));
  const float step_x = std::cos(angle_rad) / half;
  const float step_y = std::sin(angle_rad) / half;
  for (int y = 0; y < pixels.rows; ++y) {
    auto* row = pixels.ptr<uint8_t>(y);
    const float start = step_y * (static_cast<float>(y) - half) - step_x * half;
    for (int x = 0; x < pixels.cols; ++x) {
      const float side = std::clamp(start + step_x * static_cast<float>(x), -0.5F, 0.5F) + 0.5F;
      const int weight = static_cast<int>(256.0F * (darkest + (1.0F - darkest) * side));
      for (int c = 3 * x; c < 3 * x + 3; ++c) row[c] = static_cast<uint8_t>((weight * row[c]) >> 8);
    }
  }
}

}  // namespace nosetip

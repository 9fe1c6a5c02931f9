#include "training/detector/scenes/scene_light.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <opencv2/imgcodecs.hpp>
#include <opencv2/imgproc.hpp>

#include "tracker/vision/opencv_bridge.h"

namespace nosetip {
namespace {

// The pixels moved by a whole number, the border repeated.
cv::Mat Moved(const cv::Mat& pixels, cv::Point by) {
  const int pad = std::max(std::abs(by.x), std::abs(by.y));
  cv::Mat wide;
  cv::copyMakeBorder(pixels, wide, pad, pad, pad, pad, cv::BORDER_REPLICATE);
  return wide(cv::Rect(cv::Point(pad, pad) - by, pixels.size()));
}

// The mean of pictures along a line. Each pass averages the picture moved to both sides, which
// doubles their number and leaves the middle where it is.
void MotionBlur(cv::Mat& pixels, float length_px, float angle_rad) {
  for (float step_px = 0.25F * length_px; step_px >= 0.5F; step_px *= 0.5F) {
    const cv::Point by(cvRound(step_px * std::cos(angle_rad)),
                       cvRound(step_px * std::sin(angle_rad)));
    if (by == cv::Point()) break;
    cv::addWeighted(Moved(pixels, by), 0.5, Moved(pixels, -by), 0.5, 0.0, pixels);
  }
}

void LowerResolution(cv::Mat& pixels, float factor, SceneRandom& random) {
  const cv::Size size = pixels.size();
  const cv::Size small(std::max(1, cvRound(static_cast<float>(size.width) / factor)),
                       std::max(1, cvRound(static_cast<float>(size.height) / factor)));
  cv::Mat smaller;
  cv::resize(pixels, smaller, small, 0, 0, cv::INTER_AREA);
  constexpr int kKinds[] = {cv::INTER_LINEAR, cv::INTER_LINEAR, cv::INTER_NEAREST, cv::INTER_CUBIC};
  cv::resize(smaller, pixels, size, 0, 0, kKinds[random.Below(4)]);
}

constexpr int kNoiseSidePx = 512;

// Mean 128, standard deviation 32, the same in every run.
const cv::Mat& NoiseTile() {
  static const cv::Mat kTile = [] {
    SceneRandom random(20240521);
    cv::Mat tile(kNoiseSidePx, kNoiseSidePx, CV_8UC3);
    for (int i = 0; i < kNoiseSidePx * kNoiseSidePx * 3; ++i) {
      tile.data[i] = static_cast<uint8_t>(std::lround(128.0F + random.Bell(32.0F)));
    }
    return tile;
  }();
  return kTile;
}

void AddNoise(cv::Mat& pixels, float sigma, bool gray, SceneRandom& random) {
  const double weight = static_cast<double>(sigma) / 32.0;
  const int step = kNoiseSidePx / 2;
  for (int y = 0; y < pixels.rows; y += step) {
    for (int x = 0; x < pixels.cols; x += step) {
      const cv::Rect part = cv::Rect(x, y, step, step) & cv::Rect({}, pixels.size());
      const int from_x = random.Below(step);
      const int from_y = random.Below(step);
      cv::Mat noise = NoiseTile()(cv::Rect({from_x, from_y}, part.size()));
      if (gray) {
        cv::Mat one;
        cv::extractChannel(noise, one, 0);
        noise = cv::Mat();  // not into the tile, which all scenes share
        cv::cvtColor(one, noise, cv::COLOR_GRAY2RGB);
      }
      cv::Mat target = pixels(part);
      cv::addWeighted(target, 1.0, noise, weight, -128.0 * weight, target);
    }
  }
}

void Compress(cv::Mat& pixels, int quality) {
  cv::Mat bgr;
  cv::cvtColor(pixels, bgr, cv::COLOR_RGB2BGR);
  std::vector<uint8_t> bytes;
  cv::imencode(".jpg", bgr, bytes, {cv::IMWRITE_JPEG_QUALITY, quality});
  cv::imdecode(bytes, cv::IMREAD_COLOR, &bgr);
  cv::cvtColor(bgr, pixels, cv::COLOR_BGR2RGB);
}

void Blur(cv::Mat& pixels, float strength, float smallest_face_px, SceneRandom& random) {
  const float most_px = strength * std::min(0.06F * smallest_face_px + 0.3F, 5.0F);
  if (random.Chance(0.22F * strength)) {
    const double sigma_px = static_cast<double>(random.Uniform(0.2F, 1.0F) * most_px);
    if (sigma_px > 0.3) cv::GaussianBlur(pixels, pixels, {}, sigma_px);
  }
  if (random.Chance(0.12F * strength)) {
    const float length_px = 4.0F * random.Uniform(0.3F, 1.0F) * most_px;
    MotionBlur(pixels, length_px, random.Uniform(0.0F, 2.0F * std::numbers::pi_v<float>));
  }
  if (random.Chance(0.2F * strength)) {
    const float most = std::clamp(smallest_face_px / 9.0F, 1.2F, 5.0F);
    LowerResolution(pixels, random.Uniform(1.1F, 1.0F + strength * (most - 1.0F) + 0.1F), random);
  }
}

void DrawCast(SceneRandom& random, float sigma, Light& light) {
  for (float& gain : light.cast) gain = std::clamp(1.0F + random.Bell(sigma), 0.4F, 1.6F);
}

}  // namespace

void Degrade(Image& image, float strength, float smallest_face_px, SceneRandom& random) {
  if (strength <= 0.0F) return;
  cv::Mat pixels = MatView(image);
  if (random.Chance(0.4F * strength)) Apply(DrawHardLight(random, strength), pixels);
  if (random.Chance(0.12F * strength)) {
    const float angle = random.Uniform(0.0F, 2.0F * std::numbers::pi_v<float>);
    ShadeSide(pixels, angle, 1.0F - strength * random.Uniform(0.3F, 0.85F));
  }
  Blur(pixels, strength, smallest_face_px, random);
  if (random.Chance(0.35F * strength)) {
    const bool gray = random.Chance(0.4F);
    AddNoise(pixels, strength * random.LogUniform(2.0F, 22.0F), gray, random);
  }
  if (random.Chance(0.35F * strength)) {
    Compress(pixels, static_cast<int>(100.0F - strength * random.Uniform(10.0F, 82.0F)));
  }
}

Light DrawSlightLight(SceneRandom& random, float strength) {
  Light light;
  light.gamma = std::exp(random.Bell(0.22F * strength));
  light.contrast = std::exp(random.Bell(0.12F * strength));
  light.gain = std::exp(random.Bell(0.12F * strength));
  DrawCast(random, 0.05F * strength, light);
  light.gray = random.Chance(0.06F * strength);
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
  light.gray = random.Chance(0.15F * strength);
  return light;
}

void Apply(const Light& light, cv::Mat& pixels) {
  if (light.gray) {
    cv::Mat gray;
    cv::cvtColor(pixels, gray, cv::COLOR_RGB2GRAY);
    cv::cvtColor(gray, pixels, cv::COLOR_GRAY2RGB);
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

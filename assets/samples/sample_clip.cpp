#include "assets/samples/sample_clip.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace nosetip {
namespace {

using Color = std::array<float, 3>;

// A sine with period `period_s` at the time of `frame`, -1 to 1.
float Swing(int frame, float period_s, float phase_rad = 0.0F) {
  const float time_s = static_cast<float>(frame) / static_cast<float>(kSampleFrameRateHz);
  return std::sin(2.0F * std::numbers::pi_v<float> * time_s / period_s + phase_rad);
}

// 0 up to `begin`, 1 from `end` on, smooth between.
float SmoothStep(int frame, int begin, int end) {
  const float t =
      std::clamp(static_cast<float>(frame - begin) / static_cast<float>(end - begin), 0.0F, 1.0F);
  return t * t * (3.0F - 2.0F * t);
}

// How far the face has moved up out of the frame.
float ShiftUpPx(SamplePath path, int frame) {
  if (path == SamplePath::kWander) return 0.0F;
  constexpr float kOutOfSightPx = 400.0F;
  return kOutOfSightPx * (SmoothStep(frame, 90, 125) - SmoothStep(frame, 185, 220));
}

Color SampleBilinear(const Image& picture, Point2f p) {
  const float x = std::clamp(p.x, 0.0F, static_cast<float>(picture.width_px - 1));
  const float y = std::clamp(p.y, 0.0F, static_cast<float>(picture.height_px - 1));
  const int x0 = static_cast<int>(x);
  const int y0 = static_cast<int>(y);
  const int x1 = std::min(x0 + 1, picture.width_px - 1);
  const int y1 = std::min(y0 + 1, picture.height_px - 1);
  const float fx = x - static_cast<float>(x0);
  const float fy = y - static_cast<float>(y0);
  const uint8_t* corners[] = {picture.At(x0, y0), picture.At(x1, y0), picture.At(x0, y1),
                              picture.At(x1, y1)};
  const float weights[] = {(1.0F - fx) * (1.0F - fy), fx * (1.0F - fy), (1.0F - fx) * fy, fx * fy};
  Color color{};
  for (int corner = 0; corner < 4; ++corner) {
    for (size_t c = 0; c < 3; ++c) {
      color[c] += weights[corner] * static_cast<float>(corners[corner][c]);
    }
  }
  return color;
}

// Brightness and warmth vary; a side light moves from left to right and back.
struct Light {
  Color gain;
  float side;  // relative change of brightness from the middle of the frame to its right edge

  static Light Of(int frame) {
    const float brightness = 0.95F + 0.22F * Swing(frame, 6.1F);
    const float warmth = 0.05F * Swing(frame, 9.0F, 1.0F);
    return {{brightness * (1.0F + warmth), brightness, brightness * (1.0F - warmth)},
            0.18F * Swing(frame, 4.3F, 0.5F)};
  }
  float Along(int x) const {
    return 1.0F + side * (2.0F * static_cast<float>(x) / (kSampleWidthPx - 1.0F) - 1.0F);
  }
};

// A 32-bit hash of an index (Wellons' "lowbias32").
uint32_t Hash(uint32_t value) {
  value ^= value >> 16;
  value *= 0x7feb352dU;
  value ^= value >> 15;
  value *= 0x846ca68bU;
  return value ^ (value >> 16);
}

// About normal with standard deviation 1: the sum of the four uniform bytes of a hash.
float Noise(uint32_t index) {
  const uint32_t bits = Hash(index);
  const uint32_t sum =
      (bits & 0xffU) + ((bits >> 8) & 0xffU) + ((bits >> 16) & 0xffU) + (bits >> 24);
  return (static_cast<float>(sum) - 510.0F) / 147.8F;
}

// Of read-out noise and photon noise together, in gray levels.
float NoiseDeviation(float level) { return std::sqrt(6.0F + 0.16F * level); }

}  // namespace

Affine2 SampleFrameFromPicture(SamplePath path, int frame) {
  const float zoom = 1.75F + 0.45F * Swing(frame, 8.0F);
  const float roll_rad = 0.24F * Swing(frame, 4.2F);
  const float tremble_px = 0.7F * Swing(frame, 0.14F);  // of the hand, 7 Hz
  const Point2f face_in_frame = {
      320.0F + 90.0F * Swing(frame, 5.3F) + tremble_px,
      230.0F + 40.0F * Swing(frame, 3.7F, 1.0F) - tremble_px - ShiftUpPx(path, frame)};
  const Affine2 turned = Affine2::Similarity(zoom, roll_rad, {0.0F, 0.0F});
  return Affine2::Similarity(zoom, roll_rad,
                             face_in_frame - turned.Apply(kSampleFaceInPicture.Center()));
}

Image RenderSampleFrame(const Image& picture, SamplePath path, int frame) {
  const Affine2 picture_from_frame = SampleFrameFromPicture(path, frame).Inverse();
  const Light light = Light::Of(frame);
  Image image(kSampleWidthPx, kSampleHeightPx);
  auto index = static_cast<uint32_t>(frame) * static_cast<uint32_t>(image.rgb.size());
  for (int y = 0; y < kSampleHeightPx; ++y) {
    for (int x = 0; x < kSampleWidthPx; ++x) {
      const Color color = SampleBilinear(
          picture, picture_from_frame.Apply({static_cast<float>(x), static_cast<float>(y)}));
      uint8_t* pixel = image.At(x, y);
      for (size_t c = 0; c < 3; ++c) {
        const float level = color[c] * light.gain[c] * light.Along(x);
        const float seen = level + NoiseDeviation(level) * Noise(index++);
        pixel[c] = static_cast<uint8_t>(std::clamp(std::lround(seen), 0L, 255L));
      }
    }
  }
  return image;
}

}  // namespace nosetip

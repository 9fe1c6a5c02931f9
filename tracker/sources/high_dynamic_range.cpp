#include "tracker/sources/high_dynamic_range.h"

#include <algorithm>
#include <cmath>

namespace nosetip {
namespace {

constexpr int kCodeBits = 12;
constexpr size_t kCodes = size_t{1} << kCodeBits;
constexpr size_t kSteps = 16384;  // of linear light, fine enough for the darkest codes
constexpr float kDiffuseWhite = 203.0F;

// Light of a code value from 0 to 1, in cd/m2.
float LightOfPq(float code) {
  constexpr float kM1 = 0.1593017578125F;
  constexpr float kM2 = 78.84375F;
  constexpr float kC1 = 0.8359375F;
  constexpr float kC2 = 18.8515625F;
  constexpr float kC3 = 18.6875F;
  const float power = std::pow(code, 1.0F / kM2);
  const float ratio = std::max(power - kC1, 0.0F) / (kC2 - kC3 * power);
  return 10000.0F * std::pow(ratio, 1.0F / kM1);
}

// On a screen of 1000 cd/m2, whose gamma is 1.2.
float LightOfHlg(float code) {
  constexpr float kA = 0.17883277F;
  constexpr float kB = 0.28466892F;
  constexpr float kC = 0.55991073F;
  const float scene = code <= 0.5F ? code * code / 3.0F : (std::exp((code - kC) / kA) + kB) / 12.0F;
  return 1000.0F * std::pow(scene, 1.2F);
}

// Leaves shades as they are and brings highlights smoothly below 1.
float Compress(float light) {
  constexpr float kKnee = 0.6F;
  if (light <= kKnee) return light;
  return kKnee + (1.0F - kKnee) * (1.0F - std::exp((kKnee - light) / (1.0F - kKnee)));
}

float SrgbOf(float light) {
  return light <= 0.0031308F ? 12.92F * light : 1.055F * std::pow(light, 1.0F / 2.4F) - 0.055F;
}

}  // namespace

ToneMap::ToneMap(HdrTransfer transfer)
    : transfer_(transfer), light_(kCodes), scale_(kCodes), code_(kSteps) {
  for (size_t i = 0; i < kCodes; ++i) {
    const float code = static_cast<float>(i) / (kCodes - 1);
    const float light = transfer == HdrTransfer::kPq ? LightOfPq(code) : LightOfHlg(code);
    light_[i] = light / kDiffuseWhite;
    scale_[i] = light_[i] > 0.0F ? Compress(light_[i]) / light_[i] : 1.0F;
  }
  for (size_t i = 0; i < kSteps; ++i) {
    const float light = static_cast<float>(i) / (kSteps - 1);
    code_[i] = static_cast<uint8_t>(std::lround(255.0F * SrgbOf(light)));
  }
}

void ToneMap::Map(const uint16_t* rgb48, uint8_t* rgb, size_t count) const {
  // BT.2020 to BT.709 (ITU-R BT.2087).
  constexpr float kMatrix[3][3] = {
      {1.6605F, -0.5876F, -0.0728F}, {-0.1246F, 1.1329F, -0.0083F}, {-0.0182F, -0.1006F, 1.1187F}};
  constexpr int kShift = 16 - kCodeBits;
  for (size_t i = 0; i < count; ++i, rgb48 += 3, rgb += 3) {
    const int codes[3] = {rgb48[0] >> kShift, rgb48[1] >> kShift, rgb48[2] >> kShift};
    // One factor for all three keeps the hue.
    const float scale = (kSteps - 1) * scale_[std::max({codes[0], codes[1], codes[2]})];
    const float red = scale * light_[codes[0]];
    const float green = scale * light_[codes[1]];
    const float blue = scale * light_[codes[2]];
    for (int c = 0; c < 3; ++c) {
      const float step = kMatrix[c][0] * red + kMatrix[c][1] * green + kMatrix[c][2] * blue;
      rgb[c] = code_[static_cast<size_t>(std::clamp(step, 0.0F, kSteps - 1.0F))];
    }
  }
}

}  // namespace nosetip

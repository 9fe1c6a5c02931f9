// Where a crop takes its samples from the picture. What cuts crops shares it, on the CPU and on a
// GPU, so that a network sees the same on both.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>

namespace nosetip {

// ITU-R BT.601: what red, green and blue add to the luma.
inline constexpr std::array kLumaOfRgb = {0.299F, 0.587F, 0.114F};

// Where a sample falls along one side of a picture.
struct Tap {
  Tap(float p, int side_px) {
    const float inside = std::clamp(p, 0.0F, static_cast<float>(side_px - 1));
    first = static_cast<int>(inside);
    second = std::min(first + 1, side_px - 1);
    weight = inside - static_cast<float>(first);
  }
  float Mix(float at_first, float at_second) const {
    return (1.0F - weight) * at_first + weight * at_second;
  }

  int first = 0;
  int second = 0;
  float weight = 0.0F;  // of the second
};

// The samples of each pixel of a crop.
struct SampleGrid {
  // As many samples a side as frame pixels that a crop's pixel covers, up to 8.
  explicit SampleGrid(float frame_px_a_crop_px)
      : n(std::clamp(static_cast<int>(std::lround(frame_px_a_crop_px)), 1, 8)),
        step(1.0F / static_cast<float>(n)),
        first(0.5F * step - 0.5F),
        to_unit(1.0F / (255.0F * static_cast<float>(n * n))) {}
  // Along one axis, in pixels of the crop.
  float At(int pixel, int sample) const {
    return static_cast<float>(pixel) + first + step * static_cast<float>(sample);
  }

  int n;
  float step;
  float first;
  float to_unit;  // from a sum of samples to 0 ... 1
};

}  // namespace nosetip

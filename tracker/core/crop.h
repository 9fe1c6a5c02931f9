// From a face's box to what a landmark network sees, and back. Trainer and tracker share this file,
// so that a network meets at run time what it was trained on.
//
// A network's input is a window of the picture, scaled to `size_px`. Its output is in units of that
// window: 0 is its left (top) edge, 1 its right (bottom) edge, so u = (pixel + 0.5) / size_px.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <span>
#include <string_view>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

inline float PixelFromUnit(float unit, int size_px) {
  return unit * static_cast<float>(size_px) - 0.5F;
}
inline float UnitFromPixel(float pixel, int size_px) {
  return (pixel + 0.5F) / static_cast<float>(size_px);
}

// What a network sees: the surroundings of a face, whose box bounds its landmarks, or always the
// whole picture.
enum class CropView { kFace, kPicture };

// "face" or "picture", and back; throws Error for another word.
std::string_view NameOf(CropView view);
CropView CropViewByName(std::string_view name);

// The box that bounds the picture.
RectF WholePicture(const Image& image);

// The transform from frame pixels to the pixels of a crop of `size_px`: the smallest upright window
// of the crop's shape that holds `box`, enlarged about the box's center by `margin`. So the crop of
// a square is the square of `margin` times the box's longer side. Throws std::logic_error for an
// empty box.
Affine2 CropFromFrame(const RectF& box, float margin, SizePx size_px);
inline Affine2 CropFromFrame(const RectF& box, float margin, int side_px) {
  return CropFromFrame(box, margin, SizePx::Square(side_px));
}

// Cuts a gray crop (ITU-R BT.601 luma) of size_px.Area() floats, row-major, normalized to
// -0.5 (black) ... 0.5 (white), into `out`. Bilinear; where the crop shrinks the picture, each
// pixel is the mean of a grid of samples, so that fine detail does not alias. Outside the picture
// the border pixels are repeated.
void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, SizePx size_px,
                 std::span<float> out);
inline void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, int side_px,
                        std::span<float> out) {
  CutGrayCrop(image, crop_from_frame, SizePx::Square(side_px), out);
}

// The rest of this file is shared by what cuts crops on the CPU and on a GPU, so that a network
// sees the same on both.

// ITU-R BT.601: the weights of red, green and blue in the luma.
inline constexpr std::array kLumaOfRgb = {0.299F, 0.587F, 0.114F};

// The two pixels that a sample is interpolated from, along one side of a picture.
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
  // As many samples per side as frame pixels that a crop's pixel covers, up to 8.
  explicit SampleGrid(float frame_px_per_crop_px)
      : n(std::clamp(NearestWhole(frame_px_per_crop_px), 1, 8)),
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

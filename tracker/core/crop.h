// From a face's box to what a landmark network sees, and back. Trainer and tracker share this file,
// so that a network meets at run time what it was trained on.
//
// A network's input is a window of the picture, scaled to `size_px`. Its output is in units of that
// window: 0 is its left (top) edge, 1 its right (bottom) edge, so u = (pixel + 0.5) / size_px.
#pragma once

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

// What a network looks at: the surroundings of a face, whose box bounds its landmarks, or the whole
// picture whatever box is given.
enum class CropView { kFace, kPicture };

// "face" or "picture", and back; throws Error for another word.
std::string_view NameOf(CropView view);
CropView CropViewByName(std::string_view name);

// The box that bounds the picture.
RectF WholePicture(const Image& image);

// The transform from frame pixels to the pixels of a crop of `size_px`: the smallest upright window
// of the crop's shape that holds `box`, enlarged about the box's centre by `margin`. So the crop of
// a square is the square of `margin` times the box's longer side. Throws std::logic_error for an
// empty box.
Affine2 CropFromFrame(const RectF& box, float margin, SizePx size_px);
inline Affine2 CropFromFrame(const RectF& box, float margin, int side_px) {
  return CropFromFrame(box, margin, SizePx::Square(side_px));
}

// Cuts a grey crop (ITU-R BT.601 luma) of size_px.Area() floats, row-major, normalised to
// -0.5 (black) ... 0.5 (white), into `out`. Bilinear; where the crop shrinks the picture, each
// pixel is the mean of a grid of samples, so that fine detail does not alias. Outside the picture
// the border pixels go on.
void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, SizePx size_px,
                 std::span<float> out);
inline void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, int side_px,
                        std::span<float> out) {
  CutGrayCrop(image, crop_from_frame, SizePx::Square(side_px), out);
}

}  // namespace nosetip

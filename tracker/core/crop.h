// From a face's box to what a landmark network sees, and back. Trainer and tracker share this file,
// so that a network meets at run time what it was trained on.
//
// A network's input is a square of `size_px` pixels. Its output is in units of that square:
// 0 is the square's left (top) edge, 1 its right (bottom) edge, so u = (pixel + 0.5) / size_px.
#pragma once

#include <span>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

inline float PixelFromUnit(float unit, int size_px) {
  return unit * static_cast<float>(size_px) - 0.5F;
}
inline float UnitFromPixel(float pixel, int size_px) {
  return (pixel + 0.5F) / static_cast<float>(size_px);
}

// The transform from frame pixels to the pixels of a crop of `size_px`: the square around
// `face_box` with `margin` times its longer side, upright. The box is the one that bounds the
// landmarks. Throws std::logic_error for an empty box.
Affine2 CropFromFrame(const RectF& face_box, float margin, int size_px);

// Cuts a grey crop (ITU-R BT.601 luma) of size_px * size_px floats, row-major, normalised to
// -0.5 (black) ... 0.5 (white), into `out`. Bilinear; where the crop shrinks the picture, each
// pixel is the mean of a grid of samples, so that fine detail does not alias. Outside the picture
// the border pixels go on.
void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, int size_px,
                 std::span<float> out);

}  // namespace nosetip

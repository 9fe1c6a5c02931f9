#include "tracker/core/crop.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

float Luma(const uint8_t* rgb) {
  return 0.299F * static_cast<float>(rgb[0]) + 0.587F * static_cast<float>(rgb[1]) +
         0.114F * static_cast<float>(rgb[2]);
}

float SampleLuma(const Image& image, Point2f p) {
  const float x = std::clamp(p.x, 0.0F, static_cast<float>(image.width_px - 1));
  const float y = std::clamp(p.y, 0.0F, static_cast<float>(image.height_px - 1));
  const int x0 = static_cast<int>(x);
  const int y0 = static_cast<int>(y);
  const int x1 = std::min(x0 + 1, image.width_px - 1);
  const int y1 = std::min(y0 + 1, image.height_px - 1);
  const float fx = x - static_cast<float>(x0);
  const float fy = y - static_cast<float>(y0);
  const float top = (1.0F - fx) * Luma(image.At(x0, y0)) + fx * Luma(image.At(x1, y0));
  const float bottom = (1.0F - fx) * Luma(image.At(x0, y1)) + fx * Luma(image.At(x1, y1));
  return (1.0F - fy) * top + fy * bottom;
}

}  // namespace

std::string_view NameOf(CropView view) { return view == CropView::kFace ? "face" : "picture"; }

CropView CropViewByName(std::string_view name) {
  for (const CropView view : {CropView::kFace, CropView::kPicture}) {
    if (name == NameOf(view)) return view;
  }
  throw Error("'" + std::string(name) + "' is no view that is known; those are face and picture");
}

RectF WholePicture(const Image& image) {
  return {-0.5F, -0.5F, static_cast<float>(image.width_px), static_cast<float>(image.height_px)};
}

Affine2 CropFromFrame(const RectF& box, float margin, SizePx size_px) {
  const auto width = static_cast<float>(size_px.width);
  const auto height = static_cast<float>(size_px.height);
  const float window_width = margin * std::max(box.width, box.height * (width / height));
  Check(window_width > 0.0F && std::isfinite(window_width), "a crop of an empty box");
  const float scale = width / window_width;
  const Point2f c = box.Center();
  return Affine2::Similarity(scale, 0.0F,
                             {PixelFromUnit(0.5F, size_px.width) - scale * c.x,
                              PixelFromUnit(0.5F, size_px.height) - scale * c.y});
}

void CutGrayCrop(const Image& image, const Affine2& crop_from_frame, SizePx size_px,
                 std::span<float> out) {
  Check(!image.Empty(), "a crop of an empty picture");
  Check(out.size() == size_px.Area(), "room for a float a pixel of the crop");
  const Affine2 frame_from_crop = crop_from_frame.Inverse();
  // Samples a crop pixel and side: as many as frame pixels that it covers, up to 8.
  const int n = std::clamp(static_cast<int>(std::lround(frame_from_crop.Scale())), 1, 8);
  const float step = 1.0F / static_cast<float>(n);
  const float first = 0.5F * step - 0.5F;
  const float to_unit = 1.0F / (255.0F * static_cast<float>(n * n));
  size_t i = 0;
  for (int y = 0; y < size_px.height; ++y) {
    for (int x = 0; x < size_px.width; ++x) {
      float sum = 0.0F;
      for (int sy = 0; sy < n; ++sy) {
        for (int sx = 0; sx < n; ++sx) {
          const Point2f p{static_cast<float>(x) + first + step * static_cast<float>(sx),
                          static_cast<float>(y) + first + step * static_cast<float>(sy)};
          sum += SampleLuma(image, frame_from_crop.Apply(p));
        }
      }
      out[i++] = sum * to_unit - 0.5F;
    }
  }
}

}  // namespace nosetip

#include "tracker/core/crop.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include <fmt/core.h>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

float Luma(const uint8_t* rgb) {
  return kLumaOfRgb[0] * static_cast<float>(rgb[0]) + kLumaOfRgb[1] * static_cast<float>(rgb[1]) +
         kLumaOfRgb[2] * static_cast<float>(rgb[2]);
}

float SampleLuma(const Image& image, Point2f p) {
  const Tap x(p.x, image.width_px);
  const Tap y(p.y, image.height_px);
  const auto row = [&](int at) {
    return x.Mix(Luma(image.At(x.first, at)), Luma(image.At(x.second, at)));
  };
  return y.Mix(row(y.first), row(y.second));
}

// A crop that is not turned, as those of the tracker: samples of one row share the picture's rows,
// and those of one column its columns. Adds in the same order as for other crops, so that both give
// the same to the last digit.
class UprightCrop {
 public:
  UprightCrop(const Image& image, const Affine2& frame_from_crop, SizePx size_px, SampleGrid grid)
      : image_(image), frame_from_crop_(frame_from_crop), size_px_(size_px), grid_(grid) {
    columns_.reserve(static_cast<size_t>(size_px.width * grid.n));
    for (int x = 0; x < size_px.width; ++x) {
      for (int sx = 0; sx < grid.n; ++sx) {
        columns_.emplace_back(frame_from_crop.Apply({grid.At(x, sx), 0.0F}).x, image.width_px);
      }
    }
    const auto [left, right] = std::minmax(columns_.front().first, columns_.back().first);
    left_ = left;
    luma_.resize(static_cast<size_t>(std::min(right + 1, image.width_px - 1) - left + 1));
    for (Row& row : rows_) row.samples.resize(columns_.size());
  }

  void Cut(std::span<float> out) {
    const auto width = static_cast<size_t>(size_px_.width);
    std::ranges::fill(out, 0.0F);
    for (int y = 0; y < size_px_.height; ++y) {
      const std::span<float> sums = out.subspan(static_cast<size_t>(y) * width, width);
      for (int sy = 0; sy < grid_.n; ++sy) AddSamples(grid_.At(y, sy), sums);
      for (float& sum : sums) sum = sum * grid_.to_unit - 0.5F;
    }
  }

 private:
  // A row of the picture, at the columns of the samples.
  struct Row {
    int y = -1;
    std::vector<float> samples;
  };

  void AddSamples(float crop_y, std::span<float> sums) {
    const Tap y(frame_from_crop_.Apply({0.0F, crop_y}).y, image_.height_px);
    const float* first = Samples(y.first).data();
    const float* second = Samples(y.second).data();
    size_t i = 0;
    for (float& sum : sums) {
      for (int sx = 0; sx < grid_.n; ++sx, ++i) sum += y.Mix(first[i], second[i]);
    }
  }

  // The last even and the last odd row are kept: two neighbors are needed at a time.
  const std::vector<float>& Samples(int y) {
    Row& row = rows_[static_cast<size_t>(y % 2)];
    if (row.y == y) return row.samples;
    row.y = y;
    const uint8_t* rgb = image_.At(left_, y);
    for (size_t i = 0; i < luma_.size(); ++i) luma_[i] = Luma(rgb + 3 * i);
    for (size_t i = 0; i < columns_.size(); ++i) {
      row.samples[i] = columns_[i].Mix(LumaAt(columns_[i].first), LumaAt(columns_[i].second));
    }
    return row.samples;
  }

  float LumaAt(int x) const { return luma_[static_cast<size_t>(x - left_)]; }

  const Image& image_;
  Affine2 frame_from_crop_;
  SizePx size_px_;
  SampleGrid grid_;
  std::vector<Tap> columns_;  // of all samples of a row
  int left_ = 0;
  std::vector<float> luma_;  // of the row that is read, from left_ on
  std::array<Row, 2> rows_;
};

}  // namespace

std::string_view NameOf(CropView view) { return view == CropView::kFace ? "face" : "picture"; }

CropView CropViewByName(std::string_view name) {
  for (const CropView view : {CropView::kFace, CropView::kPicture}) {
    if (name == NameOf(view)) return view;
  }
  throw Error(fmt::format("'{}' is not a known view; use face or picture", name));
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
  Check(out.size() == size_px.Area(), "room for one float per pixel of the crop");
  const Affine2 frame_from_crop = crop_from_frame.Inverse();
  const SampleGrid grid(frame_from_crop.Scale());
  if (frame_from_crop.m[1] == 0.0F && frame_from_crop.m[3] == 0.0F) {
    UprightCrop(image, frame_from_crop, size_px, grid).Cut(out);
    return;
  }
  size_t i = 0;
  for (int y = 0; y < size_px.height; ++y) {
    for (int x = 0; x < size_px.width; ++x) {
      float sum = 0.0F;
      for (int sy = 0; sy < grid.n; ++sy) {
        for (int sx = 0; sx < grid.n; ++sx) {
          sum += SampleLuma(image, frame_from_crop.Apply({grid.At(x, sx), grid.At(y, sy)}));
        }
      }
      out[i++] = sum * grid.to_unit - 0.5F;
    }
  }
}

}  // namespace nosetip

// An upright crop as tables of places in the picture and weights, so that a GPU can cut it with a
// gather and a sum (tracker/model/batch_runner.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tracker/core/crop.h"
#include "tracker/core/geometry.h"
#include "tracker/core/image.h"

namespace nosetip {

// Whole pixels of a picture, from (x, y) on.
struct PixelWindow {
  int x = 0;
  int y = 0;
  int width = 0;
  int height = 0;

  size_t Area() const { return static_cast<size_t>(width) * static_cast<size_t>(height); }
  friend bool operator==(const PixelWindow&, const PixelWindow&) = default;
};

// A crop is the product of a table for its rows and one for its columns: a pixel of the crop is the
// sum over all pairs of a tap of its row and a tap of its column, each pair one pixel of the
// picture.
class CropTaps {
 public:
  // The crop that CutGrayCrop cuts. Throws std::logic_error for an empty picture and for a crop
  // that is turned.
  CropTaps(SizePx picture_px, const Affine2& crop_from_frame, SizePx size_px);

  // Samples per side of which each pixel of the crop is the mean: 1 to 8.
  int samples() const { return samples_; }
  // The smallest window that contains all pixels that the crop is made of.
  PixelWindow Window() const;

  // How many numbers a table has: two taps per sample, each with one number per row and then one
  // per column of the crop.
  static size_t TableSize(SizePx size_px, int samples) {
    return 2 * static_cast<size_t>(samples) * static_cast<size_t>(size_px.width + size_px.height);
  }
  struct Tables {
    std::span<int32_t> places;
    std::span<float> weights;
  };
  // Writes the tables for `samples` per side, at least samples(); surplus taps have weight 0. The
  // pixels of `window` are in a list of pixels, row by row from number `first_px` on; the number of
  // a pixel is the sum of the places of its row and of its column. The weights of a row or column
  // add up to 1.
  void Write(const PixelWindow& window, int32_t first_px, int samples, const Tables& tables) const;

 private:
  SizePx size_px_;
  int samples_;
  std::vector<Tap> rows_;  // `samples_` for each row of the crop
  std::vector<Tap> columns_;
};

// The pixels that several crops of a picture are made of, packed into one list: only these have to
// be copied to a GPU.
class CropPacking {
 public:
  // One window per crop, or the whole picture for all of them where that is less. Throws
  // std::logic_error for more pixels than 31 bits can number.
  CropPacking(SizePx picture_px, std::span<const CropTaps> crops);

  // Of the list.
  size_t pixels() const { return pixels_; }
  const PixelWindow& window(size_t crop) const { return windows_[is_whole_ ? 0 : crop]; }
  // Number of the window's first pixel in the list.
  int32_t first_px(size_t crop) const { return is_whole_ ? 0 : first_px_[crop]; }

  // Copies 3 * pixels() bytes, RGB.
  void Copy(const Image& picture, std::span<uint8_t> out) const;

 private:
  bool is_whole_ = false;
  size_t pixels_ = 0;
  std::vector<PixelWindow> windows_;
  std::vector<int32_t> first_px_;
};

}  // namespace nosetip

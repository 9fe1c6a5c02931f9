// What an upright crop takes from a picture, as tables of places and weights: all that a device
// needs to cut it with a gather and a sum (tracker/model/batch_runner.h).
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
// sum over the taps of its row and those of its column, each pair of taps one pixel of the picture.
class CropTaps {
 public:
  // The crop that CutGrayCrop cuts. Throws std::logic_error for an empty picture and for a crop
  // that is turned.
  CropTaps(SizePx picture_px, const Affine2& crop_from_frame, SizePx size_px);

  // How many samples a side each pixel of the crop is the mean of: 1 to 8.
  int samples() const { return samples_; }
  // The least window that holds every pixel that the crop is made of.
  PixelWindow Window() const;

  // How many numbers a table has: two taps a sample, each with a number for each row and then for
  // each column of the crop.
  static size_t TableSize(SizePx size_px, int samples) {
    return 2 * static_cast<size_t>(samples) * static_cast<size_t>(size_px.width + size_px.height);
  }
  // Writes the tables for `samples` a side, at least samples(); taps that are too many weigh
  // nothing. The pixels of `window` lie row by row from number `first_px` of a list of pixels on;
  // the number of a pixel is the sum of what `places` has for its row and for its column.
  // The weights of a row or column add up to 1.
  struct Tables {
    std::span<int32_t> places;
    std::span<float> weights;
  };
  void Write(const PixelWindow& window, int32_t first_px, int samples, const Tables& tables) const;

 private:
  SizePx size_px_;
  int samples_;
  std::vector<Tap> rows_;  // `samples_` for each row of the crop
  std::vector<Tap> columns_;
};

// The pixels that several crops of a picture are made of, packed into one list: all of a frame that
// has to go to a GPU.

class CropPacking {
 public:
  // One window a crop, or the whole picture for all of them where that is less. Throws
  // std::logic_error for crops whose pixels are too many to be numbered with 31 bits.
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

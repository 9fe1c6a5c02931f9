// What an upright crop takes from a picture, as tables of places and weights: all that a device
// needs to cut it with a gather and a sum (tracker/model/device_crops.h).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tracker/core/crop_samples.h"
#include "tracker/core/geometry.h"

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

}  // namespace nosetip

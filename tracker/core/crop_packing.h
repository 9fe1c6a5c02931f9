// The pixels that several crops of a picture are made of, packed into one list: all of a frame that
// has to go to a GPU.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tracker/core/crop_taps.h"
#include "tracker/core/image.h"

namespace nosetip {

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

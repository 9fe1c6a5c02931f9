#include "tracker/core/crop_packing.h"

#include <algorithm>
#include <limits>

#include "tracker/core/error.h"

namespace nosetip {

CropPacking::CropPacking(SizePx picture_px, std::span<const CropTaps> crops) {
  for (const CropTaps& crop : crops) {
    windows_.push_back(crop.Window());
    first_px_.push_back(static_cast<int32_t>(pixels_));
    pixels_ += windows_.back().Area();
    if (pixels_ > picture_px.Area()) {
      is_whole_ = true;
      pixels_ = picture_px.Area();
      windows_ = {{0, 0, picture_px.width, picture_px.height}};
      break;
    }
  }
  Check(pixels_ <= std::numeric_limits<int32_t>::max(), "a picture of fewer than 2^31 pixels");
}

void CropPacking::Copy(const Image& picture, std::span<uint8_t> out) const {
  Check(out.size() == 3 * pixels_, "room for the pixels of all crops");
  auto to = out.begin();
  for (const PixelWindow& window : windows_) {
    for (int y = window.y; y < window.y + window.height; ++y) {
      to = std::copy_n(picture.At(window.x, y), 3 * static_cast<size_t>(window.width), to);
    }
  }
}

}  // namespace nosetip

#include "tracker/sources/deinterlace.h"

#include <cstddef>
#include <cstdint>

namespace nosetip {

void Deinterlace(Image& image, bool odd_first) {
  constexpr int kLeastStep = 10;  // levels; less is noise
  const size_t bytes = 3 * static_cast<size_t>(image.width_px);
  for (int y = odd_first ? 2 : 1; y + 1 < image.height_px; y += 2) {
    const uint8_t* above = image.At(0, y - 1);
    const uint8_t* below = image.At(0, y + 1);
    uint8_t* line = image.At(0, y);
    for (size_t i = 0; i < bytes; ++i) {
      const int to_above = line[i] - above[i];
      const int to_below = line[i] - below[i];
      const bool stands_out = to_above * to_below > kLeastStep * kLeastStep;
      line[i] = stands_out ? static_cast<uint8_t>((above[i] + below[i] + 1) / 2) : line[i];
    }
  }
}

}  // namespace nosetip

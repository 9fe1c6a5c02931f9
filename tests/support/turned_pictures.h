// Pictures as files with an EXIF orientation store them.
#pragma once

#include <algorithm>

#include "tracker/core/image.h"

namespace nosetip {

// The pixels that a viewer shows as `upright` by this orientation (Exif 2.32, 4.6.4): it transposes
// what is stored, from 5 on, and then mirrors it.
inline Image StoredFor(int orientation, const Image& upright) {
  const bool transposed = orientation >= 5;
  const bool left_right =
      orientation == 2 || orientation == 3 || orientation == 6 || orientation == 7;
  const bool up_down = orientation == 3 || orientation == 4 || orientation == 7 || orientation == 8;
  Image stored = transposed ? Image(upright.height_px, upright.width_px)
                            : Image(upright.width_px, upright.height_px);
  for (int y = 0; y < upright.height_px; ++y) {
    for (int x = 0; x < upright.width_px; ++x) {
      const int column = left_right ? upright.width_px - 1 - x : x;
      const int row = up_down ? upright.height_px - 1 - y : y;
      std::copy_n(upright.At(x, y), 3,
                  transposed ? stored.At(row, column) : stored.At(column, row));
    }
  }
  return stored;
}

}  // namespace nosetip

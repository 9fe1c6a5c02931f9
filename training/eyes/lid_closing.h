// Shuts eyes in pictures: few photographs show eyes that are shut or half shut. Free of LibTorch
// and OpenCV.
#pragma once

#include <array>

#include "tracker/core/eye_crop.h"

namespace nosetip {

// Pulls the upper lid of an eye down, with its lashes and the skin above it: the lid moves as it
// is, the skin between it and the brow is stretched, and what is below the lid stays.
class LidClosing {
 public:
  // The eye's points in the pixels of a level crop. `share` is how far the lid moves: 0 not at all,
  // 1 down to the lower lid. An eye that is seen so much from the side that the points of a lid are
  // not in their order stays open.
  LidClosing(const PointsOfEye& open, float share);

  const PointsOfEye& points() const { return points_; }
  // The row of the open eye's picture that is seen at a place of the other.
  float SourceRow(float x, float y) const;

 private:
  // The cubic through the four points of a lid.
  using Lid = std::array<Point2f, 4>;
  static float RowOf(const Lid& lid, float x);

  PointsOfEye points_;
  float share_ = 0.0F;
  Lid upper_{};
  Lid lower_{};
};

}  // namespace nosetip

// A picture in a rectangle of the screen that can be zoomed and moved.
#pragma once

#include "tracker/core/geometry.h"

namespace nosetip {

// Screen pixels grow to the right and down, as the picture's. Pixel centers of the picture are at
// whole numbers: its left edge is at -0.5.
class ZoomView {
 public:
  // The whole picture in the middle of `area`, as large as it fits. Both have an area.
  ZoomView(SizePx picture, const RectF& area);

  // Screen pixels a picture pixel.
  float scale() const { return scale_; }
  Point2f ToScreen(Point2f picture_px) const;
  Point2f ToPicture(Point2f screen_px) const;

  // Zooms by `factor`, what is at `screen_px` staying there. From the whole picture to 32 screen
  // pixels a picture pixel, or to the whole picture where that is larger.
  void ZoomAt(Point2f screen_px, float factor);
  void Pan(Point2f by_px);
  // The area has another size: what was in its middle stays there.
  void SetArea(const RectF& area);

 private:
  float ScaleThatFits() const;
  // No more empty space beside the picture than it needs.
  void Settle();

  SizePx picture_;
  RectF area_;
  float scale_ = 1.0F;
  Point2f middle_;  // in the picture, shown in the middle of the area
};

}  // namespace nosetip

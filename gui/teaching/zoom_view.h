// A picture in a rectangle of the screen that can be zoomed and panned.
#pragma once

#include "tracker/core/geometry.h"

namespace nosetip {

// Both axes point right and down. Pixel centers of the picture are at whole numbers: its left edge
// is at -0.5.
class ZoomView {
 public:
  // Fits the picture into `area`, centered. Neither may be empty.
  ZoomView(SizePx picture, const RectF& area);

  // Screen pixels per picture pixel.
  float scale() const { return scale_; }
  Point2f ToScreen(Point2f picture_px) const;
  Point2f ToPicture(Point2f screen_px) const;

  // Zooms by `factor` around `screen_px`: from the whole picture to 32 screen pixels per picture
  // pixel, or to the whole picture where that is larger.
  void ZoomAt(Point2f screen_px, float factor);
  void Pan(Point2f by_px);
  // For another size of the window; the middle of the picture part stays.
  void SetArea(const RectF& area);

 private:
  float ScaleThatFits() const;
  // Keeps the picture in the area without needless empty space.
  void Settle();

  SizePx picture_;
  RectF area_;
  float scale_ = 1.0F;
  Point2f middle_;  // in the picture, shown in the middle of the area
};

}  // namespace nosetip

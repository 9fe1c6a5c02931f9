#include "gui/teaching/zoom_view.h"

#include <algorithm>
#include <cmath>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

constexpr float kLargestScale = 32.0F;

// Keeps the shown part, `shown_px` long, within the picture; centered where all is shown.
float SettledMiddle(float middle, float shown_px, int picture_px) {
  const auto length = static_cast<float>(picture_px);
  if (shown_px >= length) return 0.5F * length - 0.5F;
  return std::clamp(middle, 0.5F * shown_px - 0.5F, length - 0.5F * shown_px - 0.5F);
}

}  // namespace

ZoomView::ZoomView(SizePx picture, const RectF& area) : picture_(picture), area_(area) {
  Check(picture.width > 0 && picture.height > 0, "a picture with an area");
  Check(area.Area() > 0.0F, "a place on the screen with an area");
  scale_ = ScaleThatFits();
  Settle();
}

Point2f ZoomView::ToScreen(Point2f picture_px) const {
  return area_.Center() + scale_ * (picture_px - middle_);
}

Point2f ZoomView::ToPicture(Point2f screen_px) const {
  return middle_ + (1.0F / scale_) * (screen_px - area_.Center());
}

void ZoomView::ZoomAt(Point2f screen_px, float factor) {
  if (!std::isfinite(factor) || factor <= 0.0F) return;
  const Point2f kept = ToPicture(screen_px);
  const float smallest = ScaleThatFits();
  scale_ = std::clamp(scale_ * factor, smallest, std::max(smallest, kLargestScale));
  middle_ = middle_ + (kept - ToPicture(screen_px));
  Settle();
}

void ZoomView::Pan(Point2f by_px) {
  middle_ = middle_ - (1.0F / scale_) * by_px;
  Settle();
}

void ZoomView::SetArea(const RectF& area) {
  if (area.Area() <= 0.0F || area == area_) return;
  const bool whole = scale_ <= ScaleThatFits();
  area_ = area;
  scale_ = whole ? ScaleThatFits() : std::max(scale_, ScaleThatFits());
  Settle();
}

float ZoomView::ScaleThatFits() const {
  return std::min(area_.width / static_cast<float>(picture_.width),
                  area_.height / static_cast<float>(picture_.height));
}

void ZoomView::Settle() {
  middle_ = {SettledMiddle(middle_.x, area_.width / scale_, picture_.width),
             SettledMiddle(middle_.y, area_.height / scale_, picture_.height)};
}

}  // namespace nosetip

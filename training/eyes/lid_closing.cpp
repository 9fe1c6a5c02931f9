#include "training/eyes/lid_closing.h"

#include <algorithm>
#include <cmath>

namespace nosetip {
namespace {

// In widths of the eye.
constexpr float kLashes = 0.1F;      // above the lid's edge: moves as it is
constexpr float kLeastSkin = 0.45F;  // stretched above that
constexpr float kCorner = 0.12F;     // beside the corners the motion fades

// Whether x grows from point to point, by enough for a cubic through them.
template <typename Points>
bool IsOrdered(const Points& lid) {
  const float least_px = 0.1F * (lid.back().x - lid.front().x);
  for (size_t i = 1; i < lid.size(); ++i) {
    if (lid[i].x - lid[i - 1].x < std::max(least_px, 0.5F)) return false;
  }
  return true;
}

}  // namespace

LidClosing::LidClosing(const PointsOfEye& open, float share) : points_(open) {
  upper_ = {open[0], open[1], open[2], open[3]};
  lower_ = {open[0], open[5], open[4], open[3]};
  if (!IsOrdered(upper_) || !IsOrdered(lower_)) return;
  share_ = share;
  for (const auto& [upper, lower] : kLidPairs) {
    points_[upper] = points_[upper] + share * (open[lower] - open[upper]);
  }
}

float LidClosing::RowOf(const Lid& lid, float x) {
  const float at = std::clamp(x, lid.front().x, lid.back().x);
  float y = 0.0F;
  for (size_t i = 0; i < lid.size(); ++i) {
    float weight = 1.0F;  // Lagrange
    for (size_t k = 0; k < lid.size(); ++k) {
      if (k != i) weight *= (at - lid[k].x) / (lid[i].x - lid[k].x);
    }
    y += weight * lid[i].y;
  }
  return y;
}

float LidClosing::SourceRow(float x, float y) const {
  if (share_ == 0.0F) return y;
  const float left = upper_.front().x;
  const float right = upper_.back().x;
  const float width = right - left;
  const float inside = std::min(x - left, right - x) / (kCorner * width) + 1.0F;
  if (inside <= 0.0F) return y;
  const float before = RowOf(upper_, x);
  const float open = std::max(RowOf(lower_, x) - before, 0.0F);
  const float edge = before + share_ * std::min(inside, 1.0F) * open;
  if (y > edge) return y;
  const float lashes = kLashes * width;
  if (y >= edge - lashes) return before + (y - edge);
  const float top = before - std::max(kLeastSkin * width, open);
  if (y <= top) return y;
  return top + (y - top) * (before - lashes - top) / (edge - lashes - top);
}

}  // namespace nosetip

#include "gui/teaching/sample_editor.h"

#include <cmath>
#include <utility>

#include "tracker/core/error.h"

namespace nosetip {
namespace {

bool IsFinite(Point2f p) { return std::isfinite(p.x) && std::isfinite(p.y); }

Point2f Reflected(Point2f way, Point2f across) {
  const float along = way.x * across.x + way.y * across.y;
  return way - 2.0F * along * across;
}

}  // namespace

SampleEditor::SampleEditor(std::shared_ptr<const Image> picture, std::vector<Point2f> points_px,
                           const LandmarkSchema& schema)
    : picture_(std::move(picture)),
      schema_(&schema),
      first_px_(std::move(points_px)),
      points_px_(first_px_) {
  Check(picture_ != nullptr && !picture_->Empty(), "a picture to edit points on");
  Check(first_px_.size() == static_cast<size_t>(schema.count), "the points of the schema");
}

std::optional<size_t> SampleEditor::PointAt(Point2f place_px, float radius_px) const {
  std::optional<size_t> nearest;
  float least = radius_px;
  for (size_t i = 0; i < points_px_.size(); ++i) {
    const float distance = Distance(points_px_[i], place_px);
    if (distance > least || (nearest && distance == least)) continue;
    least = distance;
    nearest = i;
  }
  return nearest;
}

void SampleEditor::BeginDrag(size_t point) {
  Check(point < points_px_.size(), "a point of the face");
  EndDrag();
  drag_ = Drag{point, points_px_, AcrossFace(points_px_, *schema_)};
}

void SampleEditor::DragTo(Point2f place_px) {
  if (!drag_ || !IsFinite(place_px)) return;
  points_px_ = WithPointMoved(*drag_, place_px - drag_->before[drag_->point]);
}

void SampleEditor::EndDrag() {
  if (!drag_) return;
  std::vector<Point2f> dragged = std::exchange(points_px_, std::move(drag_->before));
  drag_.reset();
  Replace(std::move(dragged));
}

void SampleEditor::CancelDrag() {
  if (!drag_) return;
  points_px_ = std::move(drag_->before);
  drag_.reset();
}

std::optional<size_t> SampleEditor::dragged() const {
  if (!drag_) return std::nullopt;
  return drag_->point;
}

void SampleEditor::Nudge(size_t point, Point2f by_px) {
  Check(point < points_px_.size(), "a point of the face");
  if (drag_ || !IsFinite(by_px)) return;
  Replace(WithPointMoved({point, points_px_, AcrossFace(points_px_, *schema_)}, by_px));
}

void SampleEditor::MoveAll(Point2f by_px) {
  if (drag_ || !IsFinite(by_px)) return;
  std::vector<Point2f> moved = points_px_;
  for (Point2f& p : moved) p = p + by_px;
  Replace(std::move(moved));
}

void SampleEditor::Reset() {
  if (!drag_) Replace(first_px_);
}

void SampleEditor::Undo() {
  if (drag_ || undo_.empty()) return;
  redo_.push_back(std::exchange(points_px_, std::move(undo_.back())));
  undo_.pop_back();
}

void SampleEditor::Redo() {
  if (drag_ || redo_.empty()) return;
  undo_.push_back(std::exchange(points_px_, std::move(redo_.back())));
  redo_.pop_back();
}

std::vector<size_t> SampleEditor::Moved() const {
  std::vector<size_t> moved;
  for (size_t i = 0; i < points_px_.size(); ++i) {
    if (points_px_[i] != first_px_[i]) moved.push_back(i);
  }
  return moved;
}

std::vector<Point2f> SampleEditor::WithPointMoved(const Drag& drag, Point2f by_px) const {
  std::vector<Point2f> moved = drag.before;
  moved[drag.point] = drag.before[drag.point] + by_px;
  const auto partner = static_cast<size_t>(schema_->mirror[drag.point]);
  if (mirrored_ && partner != drag.point) {
    moved[partner] = drag.before[partner] + Reflected(by_px, drag.across);
  }
  return moved;
}

void SampleEditor::Replace(std::vector<Point2f> points_px) {
  if (points_px == points_px_) return;
  undo_.push_back(std::exchange(points_px_, std::move(points_px)));
  redo_.clear();
}

Point2f AcrossFace(const std::vector<Point2f>& points_px, const LandmarkSchema& schema) {
  // The direction in which the lines between partners are longest together: the main axis of their
  // second moments, which does not depend on which partner comes first.
  float xx = 0.0F;
  float xy = 0.0F;
  float yy = 0.0F;
  for (size_t i = 0; i < points_px.size(); ++i) {
    const Point2f line = points_px[static_cast<size_t>(schema.mirror[i])] - points_px[i];
    xx += line.x * line.x;
    xy += line.x * line.y;
    yy += line.y * line.y;
  }
  if (xx + yy <= 0.0F) return {1.0F, 0.0F};
  const float angle_rad = 0.5F * std::atan2(2.0F * xy, xx - yy);
  return {std::cos(angle_rad), std::sin(angle_rad)};
}

}  // namespace nosetip

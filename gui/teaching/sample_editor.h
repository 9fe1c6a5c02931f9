// The points of a face while they are corrected by hand.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/image.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

// Points are in pixels of the picture and may lie outside of it. Not thread-safe.
class SampleEditor {
 public:
  // As many points as the schema has.
  SampleEditor(std::shared_ptr<const Image> picture, std::vector<Point2f> points_px,
               const LandmarkSchema& schema);

  const Image& picture() const { return *picture_; }
  const LandmarkSchema& schema() const { return *schema_; }
  const std::vector<Point2f>& points_px() const { return points_px_; }

  // The nearest point within the radius; of points in one place the first.
  std::optional<size_t> PointAt(Point2f place_px, float radius_px) const;

  // While on, a moved point moves its mirror partner too, reflected in the axis that the face has
  // when the move begins.
  void SetMirrored(bool on) { mirrored_ = on; }
  bool mirrored() const { return mirrored_; }

  // A whole drag is one step for Undo. DragTo has no effect without a drag, nor with a place that
  // is not finite.
  void BeginDrag(size_t point);
  void DragTo(Point2f place_px);
  void EndDrag();
  // Back to where the drag began.
  void CancelDrag();
  std::optional<size_t> dragged() const;

  // Each is one step for Undo. Reset goes back to the first points.
  void Nudge(size_t point, Point2f by_px);
  void MoveAll(Point2f by_px);
  void Reset();

  bool CanUndo() const { return !undo_.empty(); }
  bool CanRedo() const { return !redo_.empty(); }
  // No effect where there is nothing to undo or redo, and during a drag.
  void Undo();
  void Redo();

  // Which points are not where they were first.
  std::vector<size_t> Moved() const;

 private:
  struct Drag {
    size_t point = 0;
    std::vector<Point2f> before;
    Point2f across;  // the unit vector across the face's axis
  };
  std::vector<Point2f> WithPointMoved(const Drag& drag, Point2f by_px) const;
  void Replace(std::vector<Point2f> points_px);

  std::shared_ptr<const Image> picture_;
  const LandmarkSchema* schema_;
  std::vector<Point2f> first_px_;
  std::vector<Point2f> points_px_;
  bool mirrored_ = false;
  std::optional<Drag> drag_;
  std::vector<std::vector<Point2f>> undo_;
  std::vector<std::vector<Point2f>> redo_;
};

// The unit vector across the axis of a face, from the lines between mirrored points; (1, 0) where
// the schema has no pairs or they are in one place. Its sign means nothing.
Point2f AcrossFace(const std::vector<Point2f>& points_px, const LandmarkSchema& schema);

}  // namespace nosetip

// What a face detector learns about a face: its box and five points, from its landmarks.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "tracker/core/geometry.h"
#include "tracker/core/landmark_schema.h"

namespace nosetip {

struct FaceLabel {
  // Points on the face's outline, forehead included, in order: an ellipse that turns with the head.
  std::vector<Point2f> outline_px;
  // Right and left eye (the person's own right is on the picture's left), tip of the nose, right
  // and left corner of the mouth: the order of YuNet.
  std::array<Point2f, 5> points_px;
  // False where only the box is known; the points are then where they are on average.
  bool has_points = true;
};

// The outline of an upright face has the box that LandmarkBoxFromDetection maps to the landmarks'
// box: boxes as in WIDER FACE, from the top of the forehead to the chin. Throws Error for a schema
// without eyes, nose and mouth.
FaceLabel LabelFromLandmarks(std::span<const Point2f> points_px, const LandmarkSchema& schema);

// An upright face that fills the box, of which no points are known.
FaceLabel LabelFromBox(const RectF& box);

// A transform that mirrors exchanges the right and left points.
FaceLabel Transformed(const FaceLabel& label, const Affine2& to_from);

// The upright box around the outline.
RectF BoxOf(const FaceLabel& label);

// Direction from the right to the left eye: 0 upright, positive clockwise on the screen.
float RollOf(const FaceLabel& label);

}  // namespace nosetip

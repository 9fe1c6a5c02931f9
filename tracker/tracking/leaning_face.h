// Faces that lean to a side are located as if they did not: a landmark network has seen few that
// do.
#pragma once

#include <span>
#include <vector>

#include "tracker/core/face.h"
#include "tracker/core/landmark_schema.h"
#include "tracker/model/landmarker.h"

namespace nosetip {

// Where a face is looked at.
struct FacePlace {
  RectF box;              // bounds of the landmarks, turned about its center
  float roll_rad = 0.0F;  // by so much, clockwise on the screen; 0 to look at the picture as it is
};

// How far a face leans, from its eyes to its mouth, clockwise on the screen, -pi to pi; 0 where the
// schema has no eyes or no mouth.
float RollOf(const Landmarks& landmarks, const LandmarkSchema& schema);

// Whether it leans far enough to be turned. What is turned already stays so for a little less, so
// that it does not change from frame to frame.
bool Leans(const Landmarks& landmarks, const LandmarkSchema& schema, bool is_turned);

// The bounds of the landmarks, turned as the face is where it leans. There are points enough.
FacePlace PlaceOf(const Landmarks& landmarks, const LandmarkSchema& schema, bool leans);

struct LocatedFaces {
  std::vector<Landmarks> faces;  // one a place, in order
  double crop_ms = 0.0;          // in which they were cut out, as far as the landmarker knows
};

// The landmarks at these places, in picture pixels: those that are not turned in one batch, the
// others one by one.
LocatedFaces LocateAt(Landmarker& landmarker, const Image& image,
                      std::span<const FacePlace> places);

}  // namespace nosetip
